package io.github.desk365mcp.tools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The Java in a page of the documentation, and its copy in a test that compiles it. */
public final class JavaBlocks {

    private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    private JavaBlocks() {}

    /** Returns the blocks of a page. */
    public static List<String> of(Path page) throws IOException {
        return BLOCK.matcher(Files.readString(page))
                .results()
                .map(block -> block.group(1).strip())
                .toList();
    }

    /** Returns the imports of a block. */
    private static List<String> imports(String block) {
        return block.lines().filter(line -> line.startsWith("import ")).toList();
    }

    /** Returns a block without its imports. */
    public static String withoutImports(String block) {
        return block.lines()
                .filter(line -> !line.startsWith("import "))
                .collect(Collectors.joining("\n"))
                .strip();
    }

    /** Returns the imports of a page's blocks that a test does not have; those of the test's own package need none. */
    public static List<String> missing(Path page, Path test) throws IOException {
        List<String> lines = Files.readAllLines(test);
        String own = lines.get(0).replace("package ", "import ").replace(";", ".");
        return of(page).stream()
                .flatMap(block -> imports(block).stream())
                .filter(line -> !lines.contains(line) && !line.matches(Pattern.quote(own) + "[A-Z]\\w+;"))
                .toList();
    }

    /** Returns the code between comments that begin with a mark and those with the mark and "end". */
    public static List<String> compiled(Path test, String mark) throws IOException {
        return Pattern.compile("// " + mark + "[ \\w]*\n(.*?)[ ]*// " + mark + " end", Pattern.DOTALL)
                .matcher(Files.readString(test))
                .results()
                .map(example -> example.group(1).stripTrailing().stripIndent())
                .toList();
    }
}
