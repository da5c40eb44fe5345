package org.experimaestro.web.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.experimaestro.WorkspaceException;
import org.experimaestro.core.json.Json;
import org.experimaestro.monitor.filter.Filter;
import org.experimaestro.monitor.filter.FilterMistake;
import org.experimaestro.monitor.view.JobRow;
import org.experimaestro.monitor.view.RunView;
import org.experimaestro.web.api.ListedWorkspace;
import org.experimaestro.web.api.Selection;
import org.experimaestro.workspace.FailureCause;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An export has filters and tables of its own, in TypeScript. What those of the server answer is in golden files, with which
 * the tests of the page compare theirs. Run with {@code -Dgolden.update=true} to write them anew.
 */
@Tag("thorough")
class ExportTwinsTest {
    private static final Path GOLDEN = Path.of("page", "fixtures", "export");

    private static final List<String> FILTERS = List.of(
            "",
            "state=failed",
            "state = new, FAILED",
            "state!=done",
            "k1=0.9",
            "k1=9e-1",
            "k1=0.90",
            "k1=0.90000001",
            "k1=0.8999999761581421",
            "k1>=0.9 and k1<2",
            "k1>=0.9 k1<=2",
            "k1=0.6..1",
            "k1=..",
            "k1=..1",
            "k1=0.6,1.2..",
            "not (k1=0.6 or k1=2)",
            "k1=2.0",
            "k1=''",
            "k1=true",
            "k1=[64, 32]",
            "k1='x<y'",
            "k1=\"é'\"\"\"",
            "k1>a",
            "k1=1e-4,10000000000",
            "k1=0.1000000000000000000001e1",
            "map>=0.2",
            "map!=0.15",
            "map=..",
            "loss=NaN",
            "loss>0.5",
            "metric.k1=1",
            "metric.k1>0.5 tag.k1=..",
            "b=0.25 or b=0.5",
            "not b=..",
            "b!=0.25",
            "'my tag'='a b'",
            "my",
            "'a b'",
            "lr=0.1",
            "param.lr<=0.1",
            "index.shards=1,2",
            "index=..",
            "index.a.b=dotted",
            "sizes='[64, 32]'",
            "sizes[1]=0",
            "parts[0].size>2",
            "param.parts='{…}'",
            "age<2h and state=done",
            "age>1h30min",
            "age>1.5h",
            "age<PT2H",
            "time<=30s",
            "duration>500ms",
            "cpu>1min",
            "cpu=30.5s",
            "cpu!=61s",
            "gc<=1s",
            "not gc=..",
            "memory>1GiB",
            "memory=1.5GiB",
            "memory='1 610 612 736 B'..2 GiB",
            "memory=536870912B",
            "memory=0.5GiB..2147.483648M",
            "memory<10TB and cpu=..2min",
            "memory=.. gc>500ms",
            "type=ir.index cause=exception",
            "type~search$",
            "error~'left on'",
            "error~^No.space",
            "error~(?i)MEMORY$",
            "error~'\\Qa+b\\E|[(]c'",
            "error~\\bat\\s+\\w",
            "k1~'^[0-9.]+$'",
            "seed~^1.$",
            "error='a+b (c)'",
            "memory",
            "MEMORY or space",
            "attempt>0",
            "attempt=1",
            "id=0101",
            "id=0A",
            "pinned=yes",
            "note~table",
            "note='for table 1'",
            "note!='for table 1'",
            "experiment=grid",
            "host=..",
            "launcher=..",
            "run.note=..",
            "seed=3..7,20..",
            "(state=done (k1=0.6 OR k1=1.2))",
            "()",
            "not not state=done");

    private static final List<String> MISTAKES = List.of(
            "state=failed and (k1=0.6",
            "k1=0.6)",
            "state=faled",
            "cause=oom",
            "state<failed",
            "age<2x",
            "age~2h",
            "age<",
            "memory>16g",
            "memory>16",
            "memory>1.5B",
            "memory>9300000T",
            "memory~G",
            "cpu>2",
            "gc~s",
            "memory<1G,2G",
            "attempt>two",
            "title=\"x",
            "k1=1 or",
            "k1=1 and and b=2",
            "k1=1 && b=2",
            "!k1=1",
            "k1==1",
            "=1",
            "tag.=1",
            "k1<1,2",
            "k1=1,b=2",
            "k1=1..2..3",
            "k1='x'y",
            "'x'y",
            "@bad",
            "k2=1",
            "tag.map=1",
            "metric.lr=1",
            "param.nope=1",
            "k1=1 and lyers=3",
            "(((((",
            "a\u00a0b=1");

    @TempDir
    private Path folder;

    @Test
    void filters_ofTheServer_areThoseOfTheGoldenFile() throws IOException {
        try (VariedRun run = VariedRun.random(folder, 90)) {
            List<@Nullable Object> cases = new ArrayList<>();
            Stream.of(FILTERS.stream(), causes(), MISTAKES.stream(), random())
                    .flatMap(texts -> texts)
                    .forEach(text -> cases.add(answer(run, text)));
            compare("filters.json", run.data(), cases);
        }
    }

    private static Stream<String> causes() {
        return Stream.of(FailureCause.values())
                .map(cause -> "cause=" + cause.name().toLowerCase(Locale.ROOT));
    }

    /** Returns filters of any shape, of names and values that jobs have and of others. */
    private static Stream<String> random() {
        Random random = new Random(23);
        return Stream.generate(() -> condition(random, 3)).limit(1500);
    }

    private static String condition(Random random, int depth) {
        if (depth > 0 && random.nextInt(3) > 0) {
            String part = condition(random, depth - 1);
            return switch (random.nextInt(4)) {
                case 0 -> "not (" + part + ")";
                case 1 -> part + " " + condition(random, depth - 1);
                case 2 -> "(" + part + " and " + condition(random, depth - 1) + ")";
                default -> "(" + part + ") or " + condition(random, depth - 1);
            };
        }
        String name = one(
                random,
                "k1",
                "b",
                "seed",
                "map",
                "loss",
                "metric.k1",
                "lr",
                "index.shards",
                "sizes",
                "parts[0].size",
                "'my tag'",
                "error",
                "type",
                "id",
                "attempt",
                "note",
                "tag.b",
                "param.lr");
        String operator = one(random, "=", "=", "=", "!=", "<", "<=", ">", ">=", "~");
        if (operator.equals("~")) {
            return name + "~'" + one(random, "^a", "[0-9]$", "e|o", ".2", "a{1,2}", "\\d\\.\\d", "^$", "(?:x|y)") + "'";
        }
        boolean isList = operator.endsWith("=") && !operator.startsWith("<") && !operator.startsWith(">");
        String first = value(random);
        return name
                + operator
                + (isList && random.nextInt(3) == 0
                        ? first + (random.nextBoolean() ? "," : "..") + value(random)
                        : first);
    }

    private static String value(Random random) {
        return one(
                random,
                "0.6",
                "0.9",
                "1.2",
                "2",
                "2.0",
                "auto",
                "1",
                "0",
                "3",
                "0.25",
                "-3",
                "1e10",
                "NaN",
                "x",
                "''",
                "a",
                "ir.index",
                "0.1",
                "10",
                "true",
                "1e-4",
                "'[64, 0]'",
                "5");
    }

    private static String one(Random random, String... texts) {
        return texts[random.nextInt(texts.length)];
    }

    /** Returns the numbers of the selected rows, or the mistake with its place. */
    private static List<@Nullable Object> answer(VariedRun run, String text) {
        RunView of = Selection.run(run.monitored().view(), "grid", "latest");
        Map<JobRow, Integer> numbers = new HashMap<>();
        rows(run, of, Filter.ALL).forEach(row -> numbers.put(row, numbers.size()));
        try {
            List<@Nullable Object> selected = new ArrayList<>();
            rows(run, of, Filter.parse(text)).forEach(row -> selected.add(numbers.get(row)));
            return List.of(text, selected);
        } catch (WorkspaceException wrong) {
            FilterMistake mistake = FilterMistake.find(wrong).orElseThrow(() -> wrong);
            Map<String, @Nullable Object> told = new LinkedHashMap<>();
            told.put("at", mistake.at());
            told.put("length", mistake.length());
            told.put("problem", mistake.problem());
            return List.of(text, told);
        }
    }

    private static List<JobRow> rows(VariedRun run, RunView of, Filter filter) {
        return ExportRows.of(new Selection(run.monitored().view(), ListedWorkspace.NOW, Optional.of(of), filter), of)
                .rows();
    }

    @Test
    void tables_ofTheServer_areThoseOfTheGoldenFile() throws IOException {
        List<String> questions = List.of(
                "rows=k1&cols=dataset&metrics=map,loss,words&over=seed",
                "rows=k1&cols=dataset&metrics=map&over=seed&ci=99&best=row",
                "rows=dataset&cols=k1&metrics=loss&over=seed&ci=90",
                "rows=k1,dataset&cols=&metrics=map&over=seed&best=none",
                "rows=k1,seed&cols=dataset&metrics=map,words&over=",
                "rows=k1&cols=&metrics=map&over=seed,dataset&lowest=map",
                "rows=k1&cols=&metrics=map&over=seed",
                "rows=nope&cols=&metrics=map&over=seed",
                "rows=k1&cols=k1&metrics=map&over=seed",
                "rows=k1&cols=dataset&metrics=nope&over=seed",
                "rows=k1&cols=dataset&metrics=map&over=seed&q=seed<3",
                "rows=k1&cols=dataset&metrics=map&over=seed&q=k1=0.6,1.2+state=done");
        try (VariedRun run = VariedRun.grid(folder)) {
            List<Map<String, @Nullable Object>> cases = new ArrayList<>();
            for (String question : questions) {
                Map<String, @Nullable Object> answer = new LinkedHashMap<>(run.table(question));
                answer.keySet().removeAll(List.of("command", "choices", "legend"));
                Map<String, @Nullable Object> each = new LinkedHashMap<>();
                each.put("question", question);
                each.put("answer", answer);
                cases.add(each);
            }
            compare("tables.json", run.data(), cases);
        }
    }

    /** Compares with a golden file that has a case on each line, so that its differences can be read. */
    private static void compare(String name, Object data, List<?> cases) throws IOException {
        String lines = cases.stream().map(Json::writeLine).collect(Collectors.joining(",\n"));
        String text = "{\"data\": " + Json.writeLine(data) + ",\n\"cases\": [\n" + lines + "\n]}\n";
        Path golden = GOLDEN.resolve(name);
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(GOLDEN);
            Files.writeString(golden, text);
        }
        assertThat(text).isEqualTo(Files.readString(golden));
    }
}
