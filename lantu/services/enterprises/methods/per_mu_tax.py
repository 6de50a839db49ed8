"""Tax per mu."""

import ibis.expr.types as ir


def per_mu_tax(tax_paid: ir.NumericColumn, land_used: ir.NumericColumn) -> ir.NumericColumn:
    """Tax paid for each mu of industrial land.

    One value per firm and year, in 万元 a mu. Null where tax or land is not reported, and where
    the land is zero: a firm without land has no tax per mu.
    """
    return tax_paid / land_used.nullif(0)
