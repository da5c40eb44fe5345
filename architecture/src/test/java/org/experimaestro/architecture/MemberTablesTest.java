package org.experimaestro.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.experimaestro.Config;
import org.experimaestro.ConfigConstructor;
import org.experimaestro.ConfigType;
import org.experimaestro.Content;
import org.experimaestro.DataPath;
import org.experimaestro.Default;
import org.experimaestro.DefaultFrom;
import org.experimaestro.Experiment;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.GeneratedPath;
import org.experimaestro.Group;
import org.experimaestro.JobReport;
import org.experimaestro.Launcher;
import org.experimaestro.Meta;
import org.experimaestro.NamedBuilder;
import org.experimaestro.OneOf;
import org.experimaestro.Outcome;
import org.experimaestro.PaperTable;
import org.experimaestro.Partial;
import org.experimaestro.Range;
import org.experimaestro.Report;
import org.experimaestro.Requirement;
import org.experimaestro.RunMode;
import org.experimaestro.Table;
import org.experimaestro.TableLayout;
import org.experimaestro.Tags;
import org.experimaestro.TaskContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The manual names each member of the types that users write against: who adds one has to say what it is for. */
class MemberTablesTest {
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern CALL = Pattern.compile("\\b(\\w+)\\(");
    private static final Set<String> OF_EVERY_OBJECT = Set.of("equals", "hashCode", "toString");

    /** Called by generated code, and by what prints a request. */
    private static final Set<String> NOT_FOR_USERS = Set.of("initialize");

    @ParameterizedTest
    @ValueSource(
            classes = {
                Experiment.class,
                Config.class,
                NamedBuilder.class,
                Report.class,
                JobReport.class,
                Table.class,
                Tags.class,
                ExperimentPlan.class
            })
    void planPage_typesOfPlans_namesEachMethod(Class<?> type) throws IOException {
        assertThat(missing(page("plan-api.md"), type, method -> true)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(classes = {TableLayout.class, PaperTable.class, PaperTable.Cell.class})
    void tablePage_typesOfTables_namesEachMethod(Class<?> type) throws IOException {
        assertThat(missing(page("table.md"), type, method -> true)).isEmpty();
    }

    @Test
    void taskPage_context_namesEachMethod() throws IOException {
        assertThat(missing(page("task-api.md"), TaskContext.class, method -> true))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(classes = {Launcher.class, Requirement.class})
    void requirementsPage_whatAPlanAsksFor_namesEachMethod(Class<?> type) throws IOException {
        assertThat(missing(page("requirements.md"), type, method -> method.getReturnType() == type))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                ConfigType.class,
                ConfigConstructor.class,
                Default.class,
                DefaultFrom.class,
                Meta.class,
                GeneratedPath.class,
                Content.class,
                DataPath.class,
                Group.class,
                Partial.class,
                Range.class,
                OneOf.class
            })
    void configurationsPage_annotations_namesEachWithItsElements(Class<? extends Annotation> type) throws IOException {
        String code = String.join("\n", code(page("configurations.md"), line -> true));

        assertThat(code).contains("@" + type.getSimpleName());
        assertThat(methods(type, method -> !method.getName().equals("value")))
                .allSatisfy(element -> assertThat(code).containsPattern("\\b" + element + " = "));
    }

    @ParameterizedTest
    @ValueSource(classes = {RunMode.class, Outcome.class})
    void planPage_closedChoices_namesEachConstant(Class<? extends Enum<?>> type) throws IOException {
        String code = String.join("\n", code(page("plan-api.md"), line -> true));

        assertThat(Arrays.stream(type.getEnumConstants()).map(Enum::name))
                .allSatisfy(constant -> assertThat(code).containsPattern("\\b" + constant + "\\b"));
    }

    @Test
    void tables_ofExperimentAndTaskContext_haveEachMethodAndNoOther() throws IOException {
        List<String> cells = page("plan-api.md").lines().stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split("\\|")[1])
                .toList();
        Set<String> ofExperiment =
                calls(code(cells, cell -> cell.contains("`xp.")).stream().map(each -> each.replace("xp.", "")));
        Set<String> ofContext = calls(page("task-api.md").lines().stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split("\\|")[1]));

        assertThat(ofExperiment).isEqualTo(methods(Experiment.class, method -> true));
        assertThat(ofContext).isEqualTo(methods(TaskContext.class, method -> true));
    }

    @Test
    void missing_pageWithoutAMethod_namesIt() {
        Page page = new Page(Page.ROOT.resolve("test.md"), List.of("| `progress(fraction)` | says |", "`folder()`"));

        assertThat(missing(page, TaskContext.class, method -> true))
                .containsExactly(
                        "announce",
                        "attempt",
                        "cached",
                        "isCancelled",
                        "isLimitNear",
                        "logger",
                        "metric",
                        "onLimitNear",
                        "random",
                        "remainingTime",
                        "run",
                        "throwIfCancelled",
                        "track");
    }

    private static Page page(String name) throws IOException {
        return Page.read(Page.ROOT.resolve("docs").resolve(name));
    }

    /** The public methods of a type that no code of the page calls or names. */
    private static SortedSet<String> missing(Page page, Class<?> type, Predicate<Method> isWanted) {
        String code = String.join("\n", code(page, line -> true));
        SortedSet<String> missing = methods(type, isWanted);
        missing.removeIf(
                name -> Pattern.compile("\\b" + name + "\\b").matcher(code).find());
        return missing;
    }

    private static SortedSet<String> methods(Class<?> type, Predicate<Method> isWanted) {
        SortedSet<String> names = new TreeSet<>();
        for (Method method : type.getDeclaredMethods()) {
            if (Modifier.isPublic(method.getModifiers()) && !method.isSynthetic() && isWanted.test(method)) {
                names.add(method.getName());
            }
        }
        names.removeAll(OF_EVERY_OBJECT);
        names.removeAll(NOT_FOR_USERS);
        return names;
    }

    private static List<String> code(Page page, Predicate<String> isWanted) {
        return Stream.concat(
                        code(page.lines(), isWanted).stream(),
                        page.blocks().stream().flatMap(block -> block.code().stream()))
                .toList();
    }

    private static List<String> code(List<String> lines, Predicate<String> isWanted) {
        return lines.stream()
                .filter(isWanted)
                .flatMap(line -> CODE.matcher(line).results().map(found -> found.group(1)))
                .toList();
    }

    private static Set<String> calls(Stream<String> code) {
        Set<String> names = new TreeSet<>();
        code.forEach(text -> {
            Matcher call = CALL.matcher(text);
            while (call.find()) {
                names.add(call.group(1));
            }
        });
        return names;
    }
}
