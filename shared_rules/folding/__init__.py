"""From verified records to what stands of one agent."""
