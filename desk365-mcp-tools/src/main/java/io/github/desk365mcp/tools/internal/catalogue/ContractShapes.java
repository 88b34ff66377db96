package io.github.desk365mcp.tools.internal.catalogue;

import static io.github.desk365mcp.tools.internal.core.Field.code;
import static io.github.desk365mcp.tools.internal.core.Field.date;
import static io.github.desk365mcp.tools.internal.core.Field.flag;
import static io.github.desk365mcp.tools.internal.core.Field.integer;
import static io.github.desk365mcp.tools.internal.core.Field.number;
import static io.github.desk365mcp.tools.internal.core.Field.object;
import static io.github.desk365mcp.tools.internal.core.Field.objects;
import static io.github.desk365mcp.tools.internal.core.Field.text;

import io.github.desk365mcp.api.model.BillCycle;
import io.github.desk365mcp.api.model.ContractType;
import io.github.desk365mcp.api.model.RolloverType;
import io.github.desk365mcp.tools.internal.core.RecordMapping;
import java.util.List;
import java.util.Map;

/** How contracts are shown in answers. */
public final class ContractShapes {

    /** Usage of one month. The service uses camelCase for these names. */
    private static final RecordMapping MONTH = RecordMapping.of(
            integer("contractMins").as("contract_mins"),
            integer("contractMinsUsed").as("contract_mins_used"),
            integer("rolloverMins").as("rollover_mins"),
            integer("rolloverMinsUsed").as("rollover_mins_used"),
            integer("rolloverMinsAvailable").as("rollover_mins_available"),
            integer("lateEntryMins").as("late_entry_mins"),
            integer("extraUsedMins").as("extra_used_mins"));

    /** Fields that responses to writes have in a nested object. */
    private static final RecordMapping BLOCK = RecordMapping.of(
            integer("contract_hours"),
            integer("contract_tickets"),
            integer("min_increment"),
            flag("rollover_unused_hours"),
            code("rollover_type", RolloverType.class),
            integer("rollover_value"));

    static final RecordMapping CONTRACT = RecordMapping.of(
                    text("name").as("contract_name"),
                    text("reference_number"),
                    text("company").as("company_name"),
                    text("category").as("contract_category"),
                    text("contract_category"),
                    date("start_date"),
                    date("end_date"),
                    flag("is_active"),
                    flag("is_default"),
                    number("setup_fees"),
                    code("bill_cycle", BillCycle.class),
                    code("contract_type", ContractType.class),
                    flag("after_hours_included"),
                    text("sla"),
                    integer("contract_hours"),
                    integer("min_increment"),
                    flag("rollover_unused_hours"),
                    code("rollover_type", RolloverType.class),
                    integer("rollover_value"),
                    integer("contract_used_mins"),
                    integer("total_available_mins"),
                    integer("total_rollover_mins"),
                    integer("extra_used_mins"),
                    objects("rollover_details", MONTH),
                    objects("usage_hours", MONTH),
                    object("block_hours", BLOCK),
                    object("block_tickets", BLOCK))
            .finishedBy(ContractShapes::flatten);

    private ContractShapes() {}

    /** Moves the fields of nested objects to the top level, as in arguments and in responses to reads. */
    private static void flatten(Map<String, Object> contract) {
        for (String block : List.of("block_hours", "block_tickets")) {
            if (contract.remove(block) instanceof Map<?, ?> fields) {
                fields.forEach((name, value) -> contract.putIfAbsent(String.valueOf(name), value));
            }
        }
    }
}
