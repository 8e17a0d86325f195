"""What a procedure means, without files, database or web: definition, answers, fee, deadline."""
