"""Scenarios: what if projects, growth or a policy came otherwise than now expected?"""
