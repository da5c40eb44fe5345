package org.experimaestro.monitor.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.experimaestro.WorkspaceException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Filters of jobs that are being submitted. */
class SubmissionFilterTest {
    private int reads;

    private SubmissionFilter.Submission job(Map<String, Object> tags) {
        return new SubmissionFilter.Submission() {
            @Override
            public String job() {
                return "manual.search/8ef5e8805308873033b0ae7f69847150";
            }

            @Override
            public Map<String, Object> tags() {
                return tags;
            }

            @Override
            public Map<String, @Nullable Object> parameters() {
                reads++;
                Map<String, @Nullable Object> parameters = new HashMap<>();
                parameters.put("k1", 5L);
                parameters.put("index", Map.of("shards", 3L));
                return parameters;
            }
        };
    }

    private static SubmissionFilter filter(String text) {
        return new SubmissionFilter(Filter.parse(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "k1=0.9|true",
                "k1=5|false",
                "param.k1=5|true",
                "index.shards=3 and type=manual.search|true",
                "index.shards>3|false",
                "id=8ef5|true",
                "b=1 or id=9|false",
                "not b=1|true",
                "manual|true",
            })
    void selects_whatIsKnownOfAJob(String text, boolean isSelected) {
        assertThat(filter(text).selects(job(Map.of("k1", 0.9)))).isEqualTo(isSelected);
    }

    @Test
    void selects_tagsAlone_readsNoParameters() {
        filter("k1=0.9 and type~search").selects(job(Map.of("k1", 0.9)));
        assertThat(reads).isZero();
        filter("index.shards=3 and param.k1=5").selects(job(Map.of()));
        assertThat(reads).as("once for each job").isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"state=done, state", "k1=1 and metric.map>0.2, metric.map", "run.note=x, run.note", "age<2h, age"})
    void filter_ofWhatIsKnownLater_isRefusedWithItsPlace(String text, String name) {
        assertThatThrownBy(() -> filter(text))
                .isInstanceOf(WorkspaceException.class)
                .hasMessageContaining("a job that is being submitted has no")
                .hasMessageContaining("name the type, the id, a tag or a parameter")
                .hasMessageContaining("\n" + " ".repeat(2 + text.indexOf(name)) + "^ ");
    }

    @Test
    void advice_nameThatNoJobHas_isTheNearOne() {
        SubmissionFilter misspelled = filter("indx.shards=3");
        misspelled.selects(job(Map.of("k1", 0.9)));
        assertThat(misspelled.advice())
                .hasValueSatisfying(
                        advice -> assertThat(advice).contains("no job has a tag or a parameter \"indx.shards\""));
        SubmissionFilter near = filter("k2=3");
        near.selects(job(Map.of("k1", 0.9)));
        assertThat(near.advice())
                .hasValueSatisfying(advice -> assertThat(advice).contains("did you mean \"k1\""));
        SubmissionFilter unasked = filter("type=other and k2=3");
        unasked.selects(job(Map.of("k1", 0.9)));
        assertThat(unasked.advice()).as("no job was asked for it").isEmpty();
        SubmissionFilter other = filter("k1=7");
        other.selects(job(Map.of("k1", 0.9)));
        assertThat(other.advice()).isEmpty();
    }
}
