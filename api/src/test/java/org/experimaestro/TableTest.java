package org.experimaestro;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
                        layers  model  accuracy        loss     seconds  metric:layers
                        3       mlp      0.9375  1.5000e-05           -              -
                        5       -        1.0000           -  1.2346e+11              -
                        10      wide          -         NaN           -        -0.5000""");
    }

    @Test
    void toCsv_cellsWithSeparators_areQuoted() {
        assertThat(TABLE.toCsv()).isEqualTo("""
                        layers,model,accuracy,loss,seconds,metric:layers
                        3,mlp,0.9375,1.5E-5,,
                        5,,1.0,,1.23456789012E11,
                        10,"a, ""b""
                        c",,NaN,,-0.5
                        """);
    }

    @Test
    void toCsv_carriageReturnInACell_isQuoted() {
        Table table = Table.of(List.of(job(Map.of("a", "x\ry"), metrics("m", 1))));
        assertThat(table.toCsv()).isEqualTo("a,m\n\"x\ry\",1.0\n");
    }

    @Test
    void rows_jobWithoutATag_hasNoValueForItsColumn() {
        assertThat(TABLE.columns()).containsExactly("layers", "model", "accuracy", "loss", "seconds", "metric:layers");
        assertThat(TABLE.rows().get(1)).containsOnlyKeys("layers", "accuracy", "seconds");
    }

    @Test
    void toString_noJobs_saysSo() {
        assertThat(Table.of(List.of())).hasToString("(no job has metrics)");
    }

    private static JobReport job(Map<String, Object> tags, Map<String, Double> metrics) {
        return new JobReport("t", new ConfigId(1, 2), new TreeMap<>(tags), metrics, Path.of("/w"));
    }

    private static Map<String, Double> metrics(Object... namesAndValues) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            metrics.put((String) namesAndValues[i], ((Number) namesAndValues[i + 1]).doubleValue());
        }
        return metrics;
    }
}
