"""What if: how would a promise's figures go on if projects, growth or a policy came otherwise?"""
