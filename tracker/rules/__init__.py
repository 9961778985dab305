"""Decisions: plain values in, an answer or a refusal out. No models, no clock, no settings."""
