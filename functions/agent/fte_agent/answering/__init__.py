"""How an answer is found and worded without a model: pure functions over what the run has read."""
