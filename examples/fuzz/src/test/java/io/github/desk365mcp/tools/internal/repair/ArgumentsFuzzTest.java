package io.github.desk365mcp.tools.internal.repair;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.api.JsonDocument;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.Policy;
import io.github.desk365mcp.tools.host.Selection;
import io.github.desk365mcp.tools.internal.account.Account;
import io.github.desk365mcp.tools.internal.attachments.AttachmentForms;
import io.github.desk365mcp.tools.internal.catalogue.Catalogue;
import io.github.desk365mcp.tools.internal.core.Call;
import io.github.desk365mcp.tools.internal.core.FileServers;
import io.github.desk365mcp.tools.internal.core.Given;
import io.github.desk365mcp.tools.internal.core.Names;
import io.github.desk365mcp.tools.internal.core.Outcome;
import io.github.desk365mcp.tools.internal.core.QueueTurn;
import io.github.desk365mcp.tools.internal.core.RefusedException;
import io.github.desk365mcp.tools.internal.core.Schemas;
import io.github.desk365mcp.tools.internal.core.Stage;
import io.github.desk365mcp.tools.internal.core.Tool;
import io.github.desk365mcp.tools.internal.text.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whatever a model gives as arguments is repaired to what the schema accepts, and says so, or is refused. */
class ArgumentsFuzzTest {

    private static final Policy POLICY = Policy.of(Selection.everything());
    private static final Account ACCOUNT =
            Account.of(null, Desk365Client.fake((operation, query, body) -> Map.of()), POLICY);
    private static final List<Tool> TOOLS = List.copyOf(Catalogue.tools());
    private static final ValidateStage VALIDATE = new ValidateStage();
    private static final Map<String, Schema> SCHEMAS = new HashMap<>();

    static {
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        for (Tool tool : TOOLS) {
            SCHEMAS.put(
                    tool.name(), registry.getSchema(Text.json(Schemas.object(tool.params(), true)), InputFormat.JSON));
        }
    }

    /** The first line is a tool, the others are {@code name=value}; a value is JSON if it can be, and a text if not. */
    @FuzzTest
    void arguments_are_repaired_once_and_then_conform_or_are_refused(byte[] input) {
        String[] lines = new String(input, UTF_8).replace('\uE000', '\uD83D').split("\n");
        Tool tool = tool(lines[0]);
        Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
        for (int i = 1; i < lines.length; i++) {
            int equals = lines[i].indexOf('=');
            if (equals >= 0) {
                arguments.put(lines[i].substring(0, equals), value(lines[i].substring(equals + 1)));
            }
        }
        Map<String, Object> given;
        try {
            given = Given.of(arguments).read();
        } catch (RefusedException e) {
            assertThat(e.problem()).isNotBlank();
            return;
        }

        Call read = repaired(tool, given);
        Passed valid = new Passed();
        Outcome outcome = VALIDATE.run(read, valid);

        if (valid.calls.isEmpty()) {
            assertThat(outcome).isInstanceOf(Outcome.Refused.class);
            Outcome.Refused refused = (Outcome.Refused) outcome;
            assertThat(refused.code()).isEqualTo("invalid_arguments");
            assertThat(refused.message()).startsWith("Nothing was done. ").hasSizeLessThan(4_000);
            return;
        }
        Map<String, Object> repaired = read.arguments();
        assertThat(Objects.requireNonNull(SCHEMAS.get(tool.name())).validate(Text.json(repaired), InputFormat.JSON))
                .as("%s", repaired)
                .isEmpty();
        Call again = repaired(tool, repaired);
        assertThat(again.arguments()).isEqualTo(repaired);
        assertThat(again.notes().repairs()).isEmpty();
        Map<String, Object> meant = new HashMap<>(given);
        meant.values().removeIf(Objects::isNull);
        if (!meant.equals(repaired)) {
            assertThat(read.notes().repairs()).as("%s", repaired).isNotEmpty();
        }
    }

    private static final class Passed implements Stage.Next {

        private final List<Call> calls = new ArrayList<>();

        @Override
        public Outcome run(Call call) {
            calls.add(call);
            return Outcome.CANCELLED;
        }
    }

    private static Call repaired(Tool tool, Map<String, Object> arguments) {
        Call call = Call.begin(tool.name(), Given.of(arguments), CallContext.none(), QueueTurn.AT_ONCE)
                .admitted(
                        new Call.Admitted(
                                tool, Names.FULL, ACCOUNT, AttachmentForms.of(POLICY), FileServers.of(POLICY)),
                        CallContext.none())
                .withArguments(arguments);
        Passed passed = new Passed();
        new RepairStage().run(call, passed);
        return passed.calls.get(0);
    }

    private static Tool tool(String line) {
        for (Tool tool : TOOLS) {
            if (tool.name().equals(line)) {
                return tool;
            }
        }
        return TOOLS.get(Math.floorMod(line.hashCode(), TOOLS.size()));
    }

    private static @Nullable Object value(String text) {
        try {
            return JsonDocument.parse("{\"v\":" + text + "}").get("v");
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
