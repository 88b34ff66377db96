/**
 * The API's records as read-only views, and the fields of requests as write-only inputs.
 *
 * <p>Views extend {@link io.github.desk365mcp.api.JsonDocument} and have one method per field, which returns
 * {@code null} if the service sent no value. Inputs send only the fields that were set. Values that each account
 * defines (statuses, types, groups, categories) are strings. Numeric codes are enums in inputs; views have the enum,
 * which is null for an unknown code, and the code itself.
 */
@NullMarked
package io.github.desk365mcp.api.model;

import org.jspecify.annotations.NullMarked;
