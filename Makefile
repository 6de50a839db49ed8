# Aliases only; start.py does the work.
.PHONY: run test check setup bench
run test check setup bench:
	python3 start.py $@
