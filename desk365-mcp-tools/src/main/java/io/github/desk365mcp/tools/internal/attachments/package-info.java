/**
 * Not API: may change in any release. Reads and uploads attachments.
 */
@NullMarked
package io.github.desk365mcp.tools.internal.attachments;

import org.jspecify.annotations.NullMarked;
