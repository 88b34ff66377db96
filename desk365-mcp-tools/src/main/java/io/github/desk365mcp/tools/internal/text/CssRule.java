package io.github.desk365mcp.tools.internal.text;

import java.util.List;

/**
 * One selector of a rule with the declarations of its block.
 *
 * @param applies whether the conditions around the rule hold
 * @param order its place among all rules of a mail
 */
record CssRule(CssSelector selector, List<CssDeclaration> declarations, CssTruth applies, int order) {}
