"""The share: publishing what this machine wrote, reading what others published, and telling how that goes."""
