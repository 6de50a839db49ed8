"""The weighted score of bench_weighted.py in OpenFisca core: inputs set, score calculated.

Runs with a Python of its own, which needs openfisca-core and pyarrow:

    python3 -m venv FOLDER && FOLDER/bin/pip install openfisca-core pyarrow
    python benchmarks/bench_weighted.py --openfisca FOLDER/bin/python
"""

import json
import resource
import sys
import time

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from openfisca_core.entities import build_entity
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

Firm = build_entity(key="firm", plural="firms", label="A firm", is_person=True)


def system(items: dict[str, dict[str, list[float]]]) -> TaxBenefitSystem:
    """The score as a country package would write it: items by date, one formula."""
    found = TaxBenefitSystem([Firm])
    node = {}
    for name, dated in items.items():
        node[name] = {
            part: {"values": {day: {"value": pair[place]} for day, pair in dated.items()}}
            for place, part in enumerate(("weight", "baseline"))
        }
        made = type(name, (Variable,), {"value_type": float, "entity": Firm, "label": name,
                                        "definition_period": DateUnit.YEAR})  # fmt: skip
        found.add_variable(made)
    found.parameters = ParameterNode("", data={"items": node})

    class score(Variable):  # noqa: N801
        value_type = float
        entity = Firm
        definition_period = DateUnit.YEAR
        label = "The weighted score"

        def formula(firm, period, parameters):  # type: ignore[no-untyped-def]
            listed = parameters(period).items
            return sum(
                firm(name, period) / getattr(listed, name).baseline * getattr(listed, name).weight
                for name in items
            )

    found.add_variable(score)
    return found


def main(source: str, target: str, described: str) -> None:
    items = json.loads(described)
    rules = system(items)
    begun, spent = time.perf_counter(), time.process_time()
    table = pq.read_table(source)
    years = table["period"].to_numpy()
    columns = {name: table[name].to_numpy() for name in items}
    firms = table["firm"].to_numpy()
    parts = []
    told = {"set_and_calculate": 0.0}
    masks = {year: years == year for year in np.unique(years)}
    simulation = SimulationBuilder().build_default_simulation(rules, count=int(masks[2021].sum()))
    for year, mask in masks.items():
        given = {name: column[mask] for name, column in columns.items()}
        start = time.perf_counter()
        for name, column in given.items():
            simulation.set_input(name, str(year), column)
        score = simulation.calculate("score", str(year))
        told["set_and_calculate"] += time.perf_counter() - start
        parts.append(pa.table({"firm": firms[mask], "period": years[mask], "score": score}))
    pq.write_table(pa.concat_tables(parts), target)
    told["seconds"] = time.perf_counter() - begun
    told["cpu"] = time.process_time() - spent
    told["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:4])
