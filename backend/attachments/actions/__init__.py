"""What can be done with a file: receive it, keep it, show it."""
