package org.experimaestro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TaskContextTest {
    private final Map<String, Double> metrics = new LinkedHashMap<>();

    private final TaskContext context = new TaskContext() {
        @Override
        public void progress(int level, double fraction, String description) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void metric(String name, double value) {
            metrics.put(name, value);
        }

        @Override
        public Path folder() {
            throw new UnsupportedOperationException();
        }

        @Override
        public System.Logger logger() {
            throw new UnsupportedOperationException();
        }
    };

    @Test
    void metric_float_keepsItsShortestText() {
        context.metric("a", 0.9f);
        context.metric("b", Float.MAX_VALUE);
        context.metric("c", Float.NaN);
        context.metric("d", Float.valueOf(0.1f));
        context.metric("e", Float.NEGATIVE_INFINITY);
        assertThat(metrics.values()).containsExactly(0.9, 3.4028235e38, Double.NaN, 0.1, Double.NEGATIVE_INFINITY);
    }

    @Test
    void metric_valueAtAStep_isConvertedAsWithoutOne() {
        context.metric("a", 0.9f, 1);
        context.metric("b", 123_456_789, 2);
        context.metric("c", 0.25, 3L);
        assertThat(metrics.values()).containsExactly(0.9, 123_456_789.0, 0.25);
    }

    @Test
    void random_contextWithoutAnIdentifier_saysWhatToDo() {
        assertThatThrownBy(() -> context.random("shuffle"))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("has no random numbers: override random(String)");
    }

    @Test
    void throwIfCancelled_jobThatGoesOn_doesNothing() {
        context.throwIfCancelled();
        assertThat(context.isCancelled()).isFalse();
        assertThat(context.attempt()).isOne();
    }

    @Test
    void metric_wholeNumber_isNotRoundedToAFloat() {
        context.metric("int", 123_456_789);
        context.metric("long", 1L << 53);
        context.metric("Integer", Integer.valueOf(16_777_217));
        context.metric("char", 'a');
        assertThat(metrics.values()).containsExactly(123_456_789.0, 0x1p53, 16_777_217.0, 97.0);
    }
}
