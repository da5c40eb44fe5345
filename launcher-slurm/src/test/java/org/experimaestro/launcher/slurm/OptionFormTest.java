package org.experimaestro.launcher.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The forms of sbatch(1). An accepted value is written to a script, so no form accepts a line break. */
class OptionFormTest {
    private static Stream<Arguments> each(OptionForm form, String... values) {
        return Arrays.stream(values).map(value -> Arguments.of(form, value));
    }

    static Stream<Arguments> accepted() {
        return Stream.of(
                        each(OptionForm.TEXT, "a", " a b ", "node[1-3,7]", "gpu&(v100|a100)", "\u00e9", "\u00a0"),
                        each(OptionForm.COUNT, "1", "007", "999999999"),
                        each(OptionForm.RANGE, "1", "2-4", "04-5"),
                        each(OptionForm.NUMBER, "0", "-100", "+7"),
                        each(OptionForm.MEMORY, "400M", "16g", "1T", "0", "512"),
                        each(OptionForm.TIME, "90", "10:30", "1:30:00", "2-12", "2-12:30", "2-12:30:59", "UNLIMITED"),
                        each(OptionForm.FLAG, "true", "false"),
                        each(OptionForm.MAIL_TYPE, "FAIL", "fail,TIME_LIMIT_90", "ARRAY_TASKS,ALL"),
                        each(OptionForm.SIGNAL, "USR1", "B:TERM@60", "10", "RB:HUP@65535"),
                        each(OptionForm.FOLDER, "/", "/opt/slurm/bin", "/a b"))
                .flatMap(values -> values);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                        each(OptionForm.TEXT, " ", "\t", "a\u0085b", "a\u001b[31m"),
                        each(OptionForm.COUNT, "0", "00", "-1", "1.5", "1e3", "9999999999", "\u0661", " 1"),
                        each(OptionForm.RANGE, "0", "0-1", "1-", "-2", "1-2-3"),
                        each(OptionForm.NUMBER, "+", "1.0", "--1"),
                        each(OptionForm.MEMORY, "16 G", "G", "16GB", "-1G", "1.5G"),
                        each(OptionForm.TIME, "1:2:3:4", "1-", "-1", "unlimited", "1d", "12-1:2:3:4"),
                        each(OptionForm.FLAG, "True", "yes", "1"),
                        each(OptionForm.MAIL_TYPE, "FAILED", "FAIL,", ",FAIL", "FAIL, END"),
                        each(OptionForm.SIGNAL, "usr1", "B:", "@60", "USR1@", "X:USR1", "USR1@123456"),
                        each(OptionForm.FOLDER, "opt/slurm", "~/slurm", "/a\0b"))
                .flatMap(values -> values);
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void accepts_valueOfTheForm_isTrue(OptionForm form, String value) {
        assertThat(form.accepts(value)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("refused")
    void accepts_anotherValue_isFalse(OptionForm form, String value) {
        assertThat(form.accepts(value)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void accepts_valueWithALineBreakOrNothing_isFalse(OptionForm form, String value) {
        assertThat(form.accepts(value + "\n")).isFalse();
        assertThat(form.accepts(value + "\n#SBATCH --uid=0")).isFalse();
        assertThat(form.accepts("\r" + value)).isFalse();
        assertThat(form.accepts("")).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    @Timeout(60)
    void accepts_longValue_isJudgedInTime(OptionForm form) {
        for (String part : new String[] {"a", " ", "1", "1-", "1:", "FAIL,", "B:", "/"}) {
            assertThat(form.accepts(part.repeat(200_000) + "\n")).isFalse();
        }
    }

    @Test
    void description_ofEachForm_isDifferent() {
        assertThat(Arrays.stream(OptionForm.values()).map(OptionForm::description))
                .doesNotHaveDuplicates()
                .noneMatch(String::isBlank);
    }
}
