"""Which segments of the records are on this machine, and what is known of each without reading it whole."""
