package org.experimaestro.workspace.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rules of docs/running-once.md, in all orders of steps and with crashes anywhere, and each rule's need. */
@Timeout(300)
@Tag("thorough")
final class ProtocolTest {
    private static final Path ROOT = Path.of("..");
    private static final Path DOCUMENT = ROOT.resolve("docs/reliability.md");
    private static final String BEGIN = "<!-- begin: rules, written by ProtocolTest -->\n";
    private static final String END = "<!-- end: rules -->\n";
    private static final Set<Rule> NONE = EnumSet.noneOf(Rule.class);
    private static final Map<Rule, Explorer.Finding> FOUND = new EnumMap<>(Rule.class);

    /** A model that keeps all rules. */
    enum Kept {
        DIRECT(new DirectModel(NONE, Stops.NEVER)),
        DIRECT_WITH_STOPS_BEFORE_THE_END(new DirectModel(NONE, Stops.BEFORE_THE_END)),
        DIRECT_WITH_STOPS(new DirectModel(NONE, Stops.ANYWHERE)),
        BATCH_OF_TWO_PLANS_WITH_LOST_ANSWERS(new BatchModel(2, 1, 2, true, NONE)),
        BATCH_OF_TWO_PROCESSES_WITH_LOST_ANSWERS(new BatchModel(1, 2, 2, true, NONE)),
        BATCH_OF_TWO_PLANS_AND_TWO_PROCESSES(new BatchModel(2, 2, 2, false, NONE)),
        BATCH_OF_THREE_PROCESSES(new BatchModel(1, 3, 3, false, NONE)),
        ONE_TOKEN(new TokenModel(1, NONE, Stops.NEVER)),
        ONE_TOKEN_WITH_STOPS(new TokenModel(1, NONE, Stops.ANYWHERE)),
        TWO_TOKENS(new TokenModel(2, NONE, Stops.NEVER)),
        TWO_TOKENS_WITH_STOPS(new TokenModel(2, NONE, Stops.ANYWHERE)),
        REMOVED_OUTPUTS(new RemovalModel(NONE));

        private final Explorer.Model model;

        Kept(Explorer.Model model) {
            this.model = model;
        }

        /** Returns whether the model has so many states that only a build with {@code CI=true} explores them. */
        boolean isLarge() {
            return this == BATCH_OF_TWO_PLANS_AND_TWO_PROCESSES;
        }
    }

    private static Explorer.Model without(Rule rule) {
        Set<Rule> missing = EnumSet.of(rule);
        switch (rule) {
            case LATER_ATTEMPT_COUNTS:
                return new DirectModel(missing, Stops.BEFORE_THE_END);
            case EXCLUSIVE_DONE:
                return new DirectModel(missing, Stops.ANYWHERE);
            case HANDED_UNTIL_MARKED:
            case VOID_BEFORE_ENDED:
            case BEGUN_SINCE_REPORT:
            case LIVING_PROCESS_COUNTS:
            case BEGUN_BEFORE_REPORT:
            case FORMER_IS_GONE:
                return new BatchModel(1, 2, 2, false, missing);
            case RESTART_AS_CLAIM:
            case RESTART_OF_ITS_OWN:
                return new BatchModel(1, 3, 3, false, missing);
            case ONLY_GONE_ARE_HEALED:
            case GONE_ARE_HEALED:
            case BEGUN_BY_A_CHANGE:
                return new TokenModel(1, missing, Stops.NEVER);
            case CHANGE_OF_WHAT_WAS_READ:
            case GIVEN_BACK_BEFORE_DONE:
                return new TokenModel(1, missing, Stops.ANYWHERE);
            case REMOVED_BEFORE_MOVED:
            case REMOVAL_OVER_BEFORE_NEXT:
            case CLAIM_BEFORE_USERS:
            case RECORD_BEFORE_STATE:
            case RECORD_SENT_BEFORE_STATE:
            case DONE_LOOKED_AT_AGAIN:
            case RELEASE_BEFORE_USERS:
                return new RemovalModel(missing);
            default:
                return new DirectModel(missing, Stops.NEVER);
        }
    }

    private static synchronized Explorer.Finding found(Rule rule) {
        return FOUND.computeIfAbsent(
                rule, each -> Explorer.explore(without(each)).finding().orElseThrow());
    }

    @ParameterizedTest
    @EnumSource
    void allRules_anyOrderAndAnyCrash_keepAllLaws(Kept kept) {
        assumeThat(!kept.isLarge() || "true".equals(System.getenv("CI")))
                .as("CI is not true")
                .isTrue();

        Explorer.Result result = Explorer.explore(kept.model);

        assertThat(result.finding().map(ProtocolTest::text)).isEqualTo(Optional.empty());
        assertThat(result.states()).isGreaterThan(100);
    }

    @ParameterizedTest
    @EnumSource
    void withoutARule_someOrderOfSteps_breaksALaw(Rule rule) {
        assertThat(found(rule).trace()).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void code_ofARule_exists(Rule rule) throws IOException {
        assertThat(sources(rule)).hasSize(1);
        assertThat(Files.readString(sources(rule).get(0)))
                .contains(" " + rule.code().substring(rule.code().indexOf('#') + 1) + "(");
    }

    private static List<Path> sources(Rule rule) {
        String name = rule.code().substring(0, rule.code().indexOf('#')) + ".java";
        return List.of("workspace", "runtime", "engine").stream()
                .flatMap(module -> find(ROOT.resolve(module + "/src/main/java"), name))
                .toList();
    }

    private static Stream<Path> find(Path folder, String name) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.endsWith(name)).toList().stream();
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    /** With {@code -Dgolden.update=true}, writes the section instead. */
    @Test
    void document_showsTheRulesAndWhatBreaksWithoutThem() throws IOException {
        String document = Files.readString(DOCUMENT);
        int begin = document.indexOf(BEGIN) + BEGIN.length();
        int end = document.indexOf(END);
        assertThat(begin).isGreaterThanOrEqualTo(BEGIN.length());
        assertThat(end).isGreaterThanOrEqualTo(begin);
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(DOCUMENT, document.substring(0, begin) + section() + document.substring(end));
            return;
        }

        assertThat(document.substring(begin, end)).isEqualTo(section());
    }

    private static String section() {
        StringBuilder section = new StringBuilder();
        for (Rule rule : Rule.values()) {
            section.append("### ")
                    .append(rule.ordinal() + 1)
                    .append(". ")
                    .append(rule.text())
                    .append("\n\n");
            section.append("In the code: `").append(rule.code()).append("`.\n");
            section.append("Without the rule, ").append(rule.mutation()).append(", and a law breaks:\n");
            section.append(found(rule).law().text()).append("\n\n```text\n");
            section.append(text(found(rule))).append("```\n\n");
        }
        return section.toString();
    }

    private static String text(Explorer.Finding finding) {
        StringBuilder text = new StringBuilder();
        for (String step : finding.trace()) {
            text.append(step).append('\n');
        }
        return text.append("=> broken: ")
                .append(finding.law().text())
                .append('\n')
                .toString();
    }
}
