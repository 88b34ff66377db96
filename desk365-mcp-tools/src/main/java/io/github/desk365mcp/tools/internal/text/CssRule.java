package io.github.desk365mcp.tools.internal.text;

import java.util.List;

/**
 * One selector of a rule, with the declarations of the rule.
 *
 * @param applies whether the conditions around the rule are met
 * @param order the position among all rules of a mail
 */
record CssRule(CssSelector selector, List<CssDeclaration> declarations, CssTruth applies, int order) {}
