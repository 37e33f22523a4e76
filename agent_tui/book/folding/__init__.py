"""From verified lines to what they come to: a fold for each agent, and the packs of past days."""
