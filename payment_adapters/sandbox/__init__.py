"""The sandbox (ngân hàng thử nghiệm): real pages, pretend money, scripted faults."""
