"""What tests share: commands run, inputs made, servers and faults."""
