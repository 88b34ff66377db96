package io.github.desk365mcp.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.UnknownBlockTagTree;
import com.sun.source.doctree.UnknownInlineTagTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModuleTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTreeScanner;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Checks in the comments of the published modules what the Javadoc tool reports, but the compiler with {@code -Xdoclint}
 * does not: the build checks comments with the compiler, and a release has the pages.
 */
class JavadocTest {

    private static final List<Path> MODULES =
            List.of(Path.of("../../desk365-api"), Path.of("../../desk365-mcp-tools"), Path.of("../sandbox"));

    @Test
    void no_tag_is_unknown_and_modules_and_serialized_fields_have_comments() throws IOException {
        Checker checker = checkAll();

        assertThat(checker.comments).isGreaterThan(2_000);
        assertThat(checker.problems).isEmpty();
    }

    private static Checker checkAll() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<Path> sources = new ArrayList<>();
            for (Path module : MODULES) {
                try (Stream<Path> all = Files.walk(module.resolve("src/main/java"))) {
                    all.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
                }
            }
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(sources));
            Checker checker = new Checker(DocTrees.instance(task));
            for (CompilationUnitTree unit : task.parse()) {
                checker.scan(unit, null);
            }
            return checker;
        }
    }

    private static final class Checker extends TreePathScanner<@Nullable Void, @Nullable Void> {

        private final DocTrees trees;
        private final List<String> problems = new ArrayList<>();
        private int comments;

        Checker(DocTrees trees) {
            this.trees = trees;
        }

        @Override
        public @Nullable Void visitModule(ModuleTree module, @Nullable Void none) {
            if (!hasComment()) {
                problem("module without a comment");
            }
            return super.visitModule(module, none);
        }

        @Override
        public @Nullable Void visitClass(ClassTree type, @Nullable Void none) {
            hasComment();
            return super.visitClass(type, none);
        }

        @Override
        public @Nullable Void visitMethod(MethodTree method, @Nullable Void none) {
            hasComment();
            return super.visitMethod(method, none);
        }

        @Override
        public @Nullable Void visitVariable(VariableTree variable, @Nullable Void none) {
            Set<Modifier> modifiers = variable.getModifiers().getFlags();
            if (!hasComment()
                    && !modifiers.contains(Modifier.STATIC)
                    && !modifiers.contains(Modifier.TRANSIENT)
                    && !isInternal()
                    && isPublicException(getCurrentPath().getParentPath().getLeaf())) {
                problem("serialized field without a comment: " + variable.getName());
            }
            return super.visitVariable(variable, none);
        }

        /** Returns whether Javadoc has a page of an exception, which shows its serialized fields. */
        private static boolean isPublicException(Tree tree) {
            return tree instanceof ClassTree type
                    && type.getModifiers().getFlags().contains(Modifier.PUBLIC)
                    && String.valueOf(type.getExtendsClause()).endsWith("Exception");
        }

        private boolean isInternal() {
            return String.valueOf(getCurrentPath().getCompilationUnit().getPackageName())
                    .contains(".internal");
        }

        /** Returns whether the current element has a comment, and checks its tags. */
        private boolean hasComment() {
            DocCommentTree comment = trees.getDocCommentTree(getCurrentPath());
            if (comment == null) {
                return false;
            }
            comments++;
            new DocTreeScanner<@Nullable Void, @Nullable Void>() {

                @Override
                public @Nullable Void visitUnknownBlockTag(UnknownBlockTagTree tag, @Nullable Void none) {
                    problem("unknown tag: @" + tag.getTagName());
                    return null;
                }

                @Override
                public @Nullable Void visitUnknownInlineTag(UnknownInlineTagTree tag, @Nullable Void none) {
                    problem("unknown tag: {@" + tag.getTagName() + "}");
                    return null;
                }
            }.scan(comment, null);
            return true;
        }

        private void problem(String text) {
            problems.add(Path.of(getCurrentPath()
                                    .getCompilationUnit()
                                    .getSourceFile()
                                    .toUri())
                            .getFileName() + ": " + text);
        }
    }
}
