"""Forecasts: will a promise be met, judging by its own short history? VERDICTS §5."""
