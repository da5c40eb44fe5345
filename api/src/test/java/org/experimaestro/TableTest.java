package org.experimaestro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TableTest {
    private static final Table TABLE = Table.of(List.of(
            job(Map.of("layers", 3, "model", "mlp"), metrics("accuracy", 0.9375, "loss", 1.5e-5)),
            job(Map.of("layers", 5), metrics("accuracy", 1.0, "seconds", 123456789012.0)),
            job(Map.of("layers", 10, "model", "a, \"b\"\nc"), metrics("loss", Double.NaN, "layers", -0.5))));

    @Test
    void toString_jobsWithTagsAndMetrics_alignsColumns() {
        assertThat(Table.of(List.of(
                        job(Map.of("layers", 3, "model", "mlp"), metrics("accuracy", 0.9375, "loss", 1.5e-5)),
                        job(Map.of("layers", 5), metrics("accuracy", 1.0, "seconds", 123456789012.0)),
                        job(Map.of("layers", 10, "model", "wide"), metrics("loss", Double.NaN, "layers", -0.5)))))
                .hasToString("""
                        layers  model  accuracy        loss       seconds  metric:layers
                        3       mlp      0.9375  1.5000e-05             -              -
                        5       -        1.0000           -  123456789012              -
                        10      wide          -         NaN             -        -0.5000""");
    }

    @Test
    void toCsv_cellsWithSeparators_areQuoted() {
        assertThat(TABLE.toCsv()).isEqualTo("""
                        layers,model,accuracy,loss,seconds,metric:layers
                        3,mlp,0.9375,1.5e-5,,
                        5,,1.0,,123456789012,
                        10,"a, ""b""
                        c",,NaN,,-0.5
                        """);
    }

    @Test
    void toCsv_carriageReturnInACell_isEscaped() {
        Table table = Table.of(List.of(job(Map.of("a", "x\ry"), metrics("m", 1))));
        assertThat(table.toCsv()).isEqualTo("a,m\nx\\ry,1\n");
    }

    @Test
    void toString_wholeNumbers_haveNoDecimalPoint() {
        Table table = Table.of(List.of(
                job(Map.of("k", 1), metrics("documents", 7028128, "mixed", 1e9, "zero", -0.0, "huge", 1e300)),
                job(Map.of("k", 2), metrics("documents", 1e9, "mixed", 0.5, "zero", 0, "huge", -1e17)),
                job(Map.of("k", 3), metrics("documents", Double.NaN, "zero", Double.NEGATIVE_INFINITY))));
        assertThat(table).hasToString("""
                        k   documents       mixed       zero                 huge
                        1     7028128  1000000000         -0          1.0000e+300
                        2  1000000000      0.5000          0  -100000000000000000
                        3         NaN           -  -Infinity                    -""");
        assertThat(table.toCsv()).isEqualTo("""
                        k,documents,mixed,zero,huge
                        1,7028128,1e9,-0,1e300
                        2,1000000000,0.5,0,-1e17
                        3,NaN,,-Infinity,
                        """);
    }

    @Test
    void toString_tagsThatAreNumbers_haveTheirShortestText() {
        Table table = Table.of(List.of(job(Map.of("a", 1e-4, "b", 0.9f, "c", 5.0), metrics("m", 3))));
        assertThat(table).hasToString("a     b    c    m\n1e-4  0.9  5.0  3");
        assertThat(table.toCsv()).isEqualTo("a,b,c,m\n1e-4,0.9,5.0,3\n");
    }

    @Test
    void toString_charactersThatATerminalObeys_areShownAsEscapes() {
        String hostile = "x\u001B[31m\n\u009B\u202E";
        Table table = Table.of(List.of(job(Map.of("a\u0007", hostile), metrics("m", 3))));
        assertThat(table).hasToString("a\\u0007                    m\nx\\u001B[31m\\n\\u009B\\u202E  3");
        assertThat(table.toCsv()).isEqualTo("a\\u0007,m\n\"x\\u001B[31m\n\\u009B\\u202E\",3\n");
    }

    @Test
    void rows_jobWithoutATag_hasNoValueForItsColumn() {
        assertThat(TABLE.columns()).containsExactly("layers", "model", "accuracy", "loss", "seconds", "metric:layers");
        assertThat(TABLE.rows().get(1)).containsOnlyKeys("layers", "accuracy", "seconds");
    }

    @Test
    void compute_withoutTheModule_saysWhatToAdd() {
        TableLayout layout =
                TABLE.rows("layers").columns("model").mean("accuracy").over("seed");

        assertThat(layout.rowTags()).containsExactly("layers");
        assertThatThrownBy(layout::compute)
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("put experimaestro-table on the class path");
    }

    @Test
    void toString_noJobs_saysSo() {
        assertThat(Table.of(List.of())).hasToString("(no job has metrics)");
    }

    /** A job, as an engine reports it. */
    private record Finished(
            Map<String, Object> tags,
            Map<String, Double> metrics,
            Outcome outcome,
            String state,
            Optional<String> reason)
            implements JobReport {
        @Override
        public String type() {
            return "t";
        }

        @Override
        public ConfigId id() {
            return ConfigId.parse("00000000000000010000000000000002");
        }

        @Override
        public Map<String, Double> metricsSoFar() {
            return metrics;
        }

        @Override
        public Path folder() {
            return Path.of("/w");
        }
    }

    /** A job that recorded metrics before it failed. */
    private record Broken(JobReport job, Map<String, Double> metricsSoFar) implements JobReport {
        @Override
        public String type() {
            return job.type();
        }

        @Override
        public ConfigId id() {
            return job.id();
        }

        @Override
        public Map<String, Object> tags() {
            return job.tags();
        }

        @Override
        public Outcome outcome() {
            return job.outcome();
        }

        @Override
        public String state() {
            return job.state();
        }

        @Override
        public Optional<String> reason() {
            return job.reason();
        }

        @Override
        public Map<String, Double> metrics() {
            return Map.of();
        }

        @Override
        public Path folder() {
            return job.folder();
        }
    }

    private static JobReport missing(Map<String, Object> tags, Outcome outcome, String state, String reason) {
        return new Finished(new TreeMap<>(tags), Map.of(), outcome, state, Optional.of(reason));
    }

    private static final Table INCOMPLETE = Table.of(List.of(
            job(Map.of("layers", 3), metrics("accuracy", 0.9375)),
            missing(Map.of("layers", 5), Outcome.FAILED, "failed", "threw an exception: no luck"),
            missing(Map.of("layers", 10), Outcome.FAILED, "skipped", "since t/00000000 failed")));

    @Test
    void toString_jobsThatAreNotDone_areMarkedAndToldWhy() {
        assertThat(INCOMPLETE).hasToString("""
                layers  accuracy  state
                3         0.9375  done
                5              -  failed
                10             -  skipped
                1 of 3 jobs are done; missing:
                    t/00000000  layers=5: failed, threw an exception: no luck
                    t/00000000  layers=10: skipped, since t/00000000 failed""");
    }

    @Test
    void toCsv_jobsThatAreNotDone_haveTheirState() {
        assertThat(INCOMPLETE.toCsv()).isEqualTo("layers,accuracy,state\n3,0.9375,done\n5,,failed\n10,,skipped\n");
        assertThat(INCOMPLETE.columns()).endsWith("state");
        assertThat(INCOMPLETE.rows().get(1)).isEqualTo(Map.of("layers", 5, "state", "failed"));
    }

    @Test
    void ofMetricsSoFar_jobThatFailed_hasItsLastValuesAndIsMarked() {
        List<JobReport> jobs = List.of(
                job(Map.of("layers", 3), metrics("accuracy", 0.9375)),
                new Broken(
                        missing(Map.of("layers", 5), Outcome.FAILED, "failed", "no luck"), metrics("accuracy", 0.5)));

        assertThat(Table.ofMetricsSoFar(jobs)).hasToString("""
                layers  accuracy  state
                3         0.9375  done
                5         0.5000  failed
                1 of 2 jobs are done; missing:
                    t/00000000  layers=5: failed, no luck
                The metrics of jobs that are not done are the last values so far.""");
        assertThat(Table.ofMetricsSoFar(jobs.subList(0, 1))).hasToString("layers  accuracy\n3         0.9375");
        assertThat(Table.of(jobs).rows().get(1)).isEqualTo(Map.of("layers", 5, "state", "failed"));
    }

    @Test
    void state_isATagToo_getsAnotherColumn() {
        Table table =
                Table.of(List.of(missing(Map.of("state", "Ohio"), Outcome.NOT_RUN, "not run", "it is a dry run")));

        assertThat(table.toCsv()).isEqualTo("state,job:state\nOhio,not run\n");
    }

    @Test
    void metric_ofAJobThatIsNotDone_namesJobAndState() {
        JobReport job = missing(Map.of("layers", 5), Outcome.FAILED, "failed", "threw an exception: no luck");

        assertThatThrownBy(() -> job.metric("accuracy"))
                .isInstanceOf(PlanException.class)
                .hasMessageStartingWith("TableTest.java:")
                .hasMessageEndingWith(
                        "Cannot read the metric \"accuracy\" of t/00000000  layers=5: its state is failed (threw an"
                                + " exception: no luck); ask for its outcome() first");
    }

    @Test
    void name_tagOfAnyKind_isAsElsewhere() {
        JobReport job = missing(Map.of("lr", 2e-4), Outcome.FAILED, "failed", "no luck");

        assertThat(job.name()).isEqualTo("t/00000000  lr=2e-4");
    }

    @Test
    void metric_notThere_namesThoseThatAre() {
        JobReport job = job(Map.of(), metrics("accuracy", 0.5, "loss", 2));

        assertThat(job.metric("accuracy")).isEqualTo(0.5);
        assertThatThrownBy(() -> job.metric("acuracy"))
                .isInstanceOf(PlanException.class)
                .hasMessageEndingWith(
                        "Cannot read the metric \"acuracy\" of t/00000000: its metrics are accuracy, loss; did you"
                                + " mean \"accuracy\"?");
        assertThatThrownBy(() -> job(Map.of(), Map.of()).metric("loss")).hasMessageEndingWith("it has none");
    }

    private static JobReport job(Map<String, Object> tags, Map<String, Double> metrics) {
        return new Finished(new TreeMap<>(tags), metrics, Outcome.DONE, "done", Optional.empty());
    }

    private static Map<String, Double> metrics(Object... namesAndValues) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            metrics.put((String) namesAndValues[i], ((Number) namesAndValues[i + 1]).doubleValue());
        }
        return metrics;
    }
}
