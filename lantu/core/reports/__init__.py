"""Reports: monitoring, mid-term and final, drafted from verdicts, every number re-derivable."""
