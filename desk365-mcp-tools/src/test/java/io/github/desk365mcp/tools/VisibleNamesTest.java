package io.github.desk365mcp.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.desk365mcp.api.Desk365Client;
import io.github.desk365mcp.sandbox.Fault;
import io.github.desk365mcp.tools.host.CallContext;
import io.github.desk365mcp.tools.host.Selection;
import io.github.desk365mcp.tools.internal.catalogue.Catalogue;
import io.github.desk365mcp.tools.internal.core.Names;
import io.github.desk365mcp.tools.internal.core.Param;
import io.github.desk365mcp.tools.internal.core.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** No sentence sends a model to a tool that its caller does not have. */
class VisibleNamesTest {

    private static final String REFUSED = "{\"message\": \"%s is not valid\"}";

    @RegisterExtension
    static final TestSandbox sandbox = TestSandbox.start();

    private static final Desk365Client desk = sandbox.client();

    static Stream<Arguments> tools() {
        return Catalogue.tools().stream()
                .flatMap(tool -> Stream.of(Naming.values()).map(naming -> Arguments.of(tool.name(), naming)));
    }

    @ParameterizedTest
    @MethodSource("tools")
    void to_a_caller_who_has_one_tool_no_text_names_another(String name, Naming naming) {
        Tool tool = Catalogue.get(name);
        BoundTools everything = Desk365Tools.all().named(naming).bind(desk);
        CallContext scope = CallContext.none().scope(Selection.everything().tools(name));
        List<String> texts = new ArrayList<>();

        everything.definitions(scope).forEach(definition -> texts.add(definition.toJson()));
        texts.add(everything.call(name, Map.of(), scope).toJson());
        Map<String, Object> arguments = ToolExamples.fullest(tool);
        for (Param<?> param : tool.params()) {
            sandbox.next(Fault.answer(400, Map.of(), REFUSED.formatted(param.name())));
            texts.add(everything.call(name, arguments, scope).toJson());
        }
        for (int status : new int[] {403, 404, 429, 500}) {
            sandbox.next(Fault.answer(status, Map.of(), REFUSED.formatted("this")));
            texts.add(Desk365Tools.all()
                    .named(naming)
                    .bind(desk)
                    .call(name, arguments, scope)
                    .toJson());
        }
        sandbox.next(Fault.answer(200, Map.of(), "{\"count\": 0}"));
        texts.add(everything.call(name, arguments, scope).toJson());
        sandbox.reset();

        List<String> others = Catalogue.tools().stream()
                .filter(other -> other != tool)
                .flatMap(other -> Stream.of(other.name(), other.shortName()))
                .toList();
        assertThat(words(texts)).doesNotContainAnyElementsOf(others);
    }

    @ParameterizedTest
    @MethodSource("tools")
    void what_is_left_of_a_description_is_whole_sentences(String name, Naming naming) {
        ToolDefinition alone = Desk365Tools.select(Selection.everything().tools(name))
                .named(naming)
                .definitions()
                .get(0);

        assertThat(alone.description()).matches("\\p{Lu}.*[^:;,]\\.");
    }

    @Test
    void a_clause_about_a_hidden_tool_goes_and_the_rest_of_the_text_stays() {
        Names names = new Names(Catalogue::shortName, java.util.Set.of("create_a_desk_365_ticket_reply"));

        assertThat(names.inText("Adds a category: folders go into it with create_a_desk_365_kb_folder. It is empty."))
                .isEqualTo("Adds a category. It is empty.");
        assertThat(names.inText("A note. For agents alone use create_a_desk_365_ticket_note."))
                .isEqualTo("A note.");
        assertThat(names.inText("Changes it; to answer use create_a_desk_365_ticket_reply."))
                .isEqualTo("Changes it; to answer use reply_to_ticket.");
        assertThat(names.inText("Only create_a_desk_365_ticket.")).isEmpty();
    }

    private static List<String> words(List<String> texts) {
        return texts.stream()
                .flatMap(text -> Stream.of(text.split("\\W+")))
                .distinct()
                .collect(Collectors.toList());
    }
}
