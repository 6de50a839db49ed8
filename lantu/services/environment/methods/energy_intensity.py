"""Energy per output."""

import ibis.expr.types as ir


def energy_intensity(energy: ir.NumericColumn, output: ir.NumericColumn) -> ir.NumericColumn:
    """Tonnes of standard coal for each 万元 of output at constant prices.

    One value per subject and year. Null where either is not reported or the output is zero.
    """
    return energy / output.nullif(0)
