package org.experimaestro.monitor.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.experimaestro.WorkspaceException;
import org.experimaestro.disturbance.fuzz.Fuzz;
import org.experimaestro.workspace.JobState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterTest {
    private static final List<String> TEXTS = List.of(
            "a",
            "layers",
            "and",
            "OR",
            "Not",
            "",
            " ",
            "it's",
            "say \"x\"",
            "'\"",
            "a b",
            "(",
            ")",
            ",",
            "..",
            "1..2",
            "@x",
            "=",
            "!=3",
            "x<y",
            "~",
            "[1, 2]",
            "{a=1}",
            "0.5",
            "1e-4",
            ".",
            "1.",
            "\\",
            "\n",
            "é",
            "-x",
            "tag.state",
            "a.b[0]",
            "state",
            "metric.map",
            "param.optimizer.lr",
            "&&",
            "\uD83D\uDE00",
            "*",
            "?");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                                         | ``",
                "state=failed                               | state=failed",
                "state = FAILED , Done                      | state=failed,done",
                "state=failed and (k1=0.6..1.2 or age<2h)   | state=failed and (k1=0.6..1.2 or age<2h)",
                "(a=1 and b=2) or c=3                       | a=1 and b=2 or c=3",
                "a=1 b=2 or c=3                             | a=1 and b=2 or c=3",
                "(a=1 (b=2 AND c=3))                        | a=1 and b=2 and c=3",
                "not a=1 and b=2                            | not a=1 and b=2",
                "not (a=1 or b=2)                           | not (a=1 or b=2)",
                "not not a=1                                | a=1",
                "duration>30min                             | time>30min",
                "k=1,3..5,..0                               | k=1,3..5,..0",
                "k=..                                       | k=..",
                "k=''                                       | k=''",
                "error~\"No space\"                         | error~'No space'",
                "title='it''s'                              | title=\"it's\"",
                "title=it's                                 | title=\"it's\"",
                "sizes=[64, 32] n=1                         | sizes='[64, 32]' and n=1",
                "p=Point(x=1, y=[2, 3])                     | p='Point(x=1, y=[2, 3])'",
                "error~a=b..c                               | error~'a=b..c'",
                "id=06AD                                    | id=06ad",
                "cause=out-of-memory                        | cause=out_of_memory",
                "'my tag'=3                                 | 'my tag'=3",
                "tag.state=3                                | tag.state=3",
                "no space                                   | no and space",
                "'no space'                                 | 'no space'",
                "and=1                                      | 'and'=1",
                "path='../x'                                | path='../x'"
            })
    void parse_text_isPrintedInOneForm(String text, String printed) {
        assertThat(Filter.parse(text)).hasToString(printed);
        assertThat(Filter.parse(printed)).isEqualTo(Filter.parse(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "state=failed and (k1=0.6 | 17 | the parenthesis is not closed",
                "k1=0.6)                  | 6  | no parenthesis is open",
                "state=faled              | 6  | there is no state \"faled\"; did you mean \"failed\"?",
                "cause=oom                | 6  | there is no cause \"oom\"; write one of exception,",
                "state<failed             | 6  | state has no order; write state=new or a list",
                "age<2x                   | 4  | \"2x\" is no duration; write for example age<2h",
                "age~2h                   | 4  | age is a duration and no text; write for example age<2h",
                "age<                     | 4  | a value is expected; write ''",
                "attempt>two              | 8  | \"two\" is no number; write for example attempt=2",
                "error~'(x'               | 6  | \"(x\" is no regular expression of Java: Unclosed group",
                "title=\"x                | 6  | the quote is not closed; a quote within quotes",
                "a=1 or                   | 6  | found the end, expected a condition",
                "a=1 and and b=2          | 8  | a condition is expected before \"and\"",
                "a=1 && b=2               | 4  | \"&&\" is no operator; write and",
                "!a=1                     | 0  | found \"!a=1\", expected a condition; write not in the place of !",
                "a==1                     | 3  | a second operator follows =; write one operator",
                "=1                       | 0  | found \"=1\", expected a condition; write for example state=failed",
                "tag.=1                   | 0  | a name is expected before =",
                "a<1,2                    | 3  | found \",2\", expected and, or, or the end",
                "a=1,b=2                  | 5  | found \"=2\", expected white space, a comma or the end; quote a value",
                "a=1..2..3                | 6  | found \"..3\", expected white space",
                "a='x'y                   | 5  | found \"y\", expected white space",
                "'x'y                     | 3  | found \"y\", expected white space",
                "a<1..2                   | 3  | found \"..2\", expected white space",
                "@bad                     | 0  | there is no filter @bad; no settings.yaml has filters"
            })
    void parse_anotherForm_isAnErrorWithItsPlace(String text, int place, String message) {
        assertThatThrownBy(() -> Filter.parse(text))
                .isInstanceOf(WorkspaceException.class)
                .hasMessageStartingWith(
                        "Cannot read the filter:\n  " + text + "\n  " + " ".repeat(place) + "^ " + message);
    }

    @Test
    void parse_longText_showsThePartAroundThePlace() {
        String words = "k=1 ".repeat(100);
        assertThatThrownBy(() -> Filter.parse(words + "state=dnoe " + words))
                .hasMessageStartingWith("Cannot read the filter:\n  …")
                .satisfies(wrong -> assertThat(wrong.getMessage().lines())
                        .allSatisfy(line -> assertThat(line).hasSizeLessThan(120)))
                .satisfies(wrong -> {
                    List<String> lines = wrong.getMessage().lines().toList();
                    assertThat(lines.get(1).substring(lines.get(2).indexOf('^')))
                            .startsWith("dnoe k=1");
                });
        assertThatThrownBy(() -> Filter.parse("age<" + "x".repeat(500)))
                .satisfies(wrong -> assertThat(wrong.getMessage()).hasSizeLessThan(300));
        assertThatThrownBy(() -> Filter.parse("\uD83D\uDE00".repeat(39) + "=1 " + "state=dnoe"))
                .hasMessageContaining("there is no state");
    }

    @Test
    void parse_deepOrLongText_isAnError() {
        assertThatThrownBy(() -> Filter.parse("(".repeat(5_000)))
                .hasMessageContaining("more than 100 parentheses are open");
        assertThatThrownBy(() -> Filter.parse("a ".repeat(6_000))).hasMessageContaining("12000 characters");
        assertThat(Filter.parse("not ".repeat(2_000) + "a")).isEqualTo(Filter.parse("a"));
    }

    @Test
    void parse_presets_areReplacedByTheirTexts() {
        Map<String, String> presets =
                Map.of("bad", "state=failed and k1=0.6", "old", "@bad age>1d", "loop", "a or @loop");

        assertThat(Filter.parse("@bad", presets)).hasToString("state=failed and k1=0.6");
        assertThat(Filter.parse("not @bad or @old", presets))
                .hasToString("not (state=failed and k1=0.6) or state=failed and k1=0.6 and age>1d");
        assertThatThrownBy(() -> Filter.parse("a @bat", presets))
                .hasMessage("Cannot read the filter:\n  a @bat\n    ^ there is no filter @bat; did you mean \"bad\"?"
                        + " The filters are bad, loop, old");
        assertThatThrownBy(() -> Filter.parse("@loop", presets))
                .hasMessage(
                        "Cannot read the filter @loop:\n  a or @loop\n       ^ the filter @loop is made from itself");
        assertThatThrownBy(() -> Filter.parse("@x", Map.of("x", "state=dnoe")))
                .hasMessageContaining("Cannot read the filter @x:\n  state=dnoe\n        ^ there is no state");
    }

    @Test
    void toString_anyFilter_isReadAsItself() {
        Random random = new Random(12);
        for (int i = 0; i < 20_000; i++) {
            Filter filter = filter(random, 3);

            assertThat(Filter.parse(filter.toString())).as(filter.toString()).isEqualTo(filter);
        }
    }

    @Test
    void parse_anyText_isReadOrRefused() {
        Fuzz.of("filter")
                .seeds(
                        "state=failed and (k1=0.6..1.2 or age<2h)",
                        "title='it''s' or sizes=[64, 32] x~\"a.b\"",
                        "not k!=1,2 @bad")
                .words(" and ", " or ", "not ", "(", ")", "..", "'", "\"", "=", "<", "state", "age", "@")
                .naming("the filter")
                .refusedBy(WorkspaceException.class)
                .text(text -> {
                    Filter filter = Filter.parse(text, Map.of("bad", "state=failed"));
                    assertThat(Filter.parse(filter.toString())).isEqualTo(filter);
                });
    }

    @Test
    void options_tagsAndStates_haveATextToo() {
        Filter filter = Filter.ofExperiment("my grid")
                .and(Filter.ofStates(Set.of(JobState.FAILED, JobState.NEW)))
                .and(Filter.ofTags(Map.of("a b", "it's")));

        assertThat(filter).hasToString("experiment='my grid' and state=new,failed and 'tag.a b'=\"it's\"");
        assertThat(Filter.parse(filter.toString())).isEqualTo(filter);
        assertThat(filter.experiment()).contains("my grid");
        assertThat(filter.not().experiment()).isEmpty();
    }

    private static Filter filter(Random random, int depth) {
        if (depth > 0 && random.nextInt(4) > 0) {
            Filter part = filter(random, depth - 1);
            return switch (random.nextInt(3)) {
                case 0 -> part.not();
                case 1 -> part.and(filter(random, depth - 1));
                default -> part.or(filter(random, depth - 1));
            };
        }
        return switch (random.nextInt(6)) {
            case 0 -> Filter.ALL;
            case 1 -> new Filter(new Condition.Word(text(random)), Map.of());
            case 2 -> Filter.ofStates(Set.of(JobState.values()[random.nextInt(JobState.values().length)]));
            default -> test(random);
        };
    }

    private static Filter test(Random random) {
        String name = text(random);
        List<String> fields = List.of("state", "cause", "id", "age", "time", "attempt");
        FilterName parsed = FilterName.parse(name.isEmpty() || fields.contains(name) ? "tag.x" + name : name);
        if (random.nextInt(3) > 0) {
            Operator operator = random.nextBoolean() ? Operator.EQUAL : Operator.NOT_EQUAL;
            List<Operand> operands = new ArrayList<>();
            IntStream.range(0, 1 + random.nextInt(3)).forEach(i -> operands.add(operand(random)));
            return new Filter(new Condition.Test(parsed, operator, List.copyOf(operands)), Map.of());
        }
        Operator operator = List.of(Operator.LESS, Operator.AT_LEAST, Operator.AT_MOST, Operator.GREATER)
                .get(random.nextInt(4));
        return new Filter(new Condition.Test(parsed, operator, List.of(new Operand.Text(text(random)))), Map.of());
    }

    private static Operand operand(Random random) {
        return random.nextInt(3) > 0
                ? new Operand.Text(text(random))
                : new Operand.Range(
                        random.nextBoolean() ? null : new Operand.Text(text(random)),
                        random.nextBoolean() ? null : new Operand.Text(text(random)));
    }

    private static String text(Random random) {
        String text = TEXTS.get(random.nextInt(TEXTS.size()));
        return random.nextInt(4) == 0 ? text + TEXTS.get(random.nextInt(TEXTS.size())) : text;
    }
}
