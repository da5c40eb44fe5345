package org.experimaestro.core.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.experimaestro.TaskContext;
import org.junit.jupiter.api.Test;

class ProgramLineTest {

    @Test
    void tell_words_recordsMetricsAndProgress() {
        assertThat(told("loss=0.25  accuracy=9e-1 step=3")).containsExactly("loss 0.25 at 3", "accuracy 0.9 at 3");
        assertThat(told("ap=0.5 unit=301")).containsExactly("ap 0.5 of 301");
        assertThat(told("progress=0.4 description=epoch 4 = of 10")).containsExactly("0: 0.4 epoch 4 = of 10");
        assertThat(told("progress=0.5 level=2")).containsExactly("2: 0.5 ");
        assertThat(told("a=nan b=-inf c=inf")).containsExactly("a NaN", "b -Infinity", "c Infinity");
        assertThat(told("  ")).isEmpty();
    }

    @Test
    void tell_jsonObject_recordsTheSame() {
        assertThat(told("{\"loss\": 0.25, \"step\": 3, \"none\": null}")).containsExactly("loss 0.25 at 3");
        assertThat(told("{\"progress\": 1, \"description\": \"all\"}")).containsExactly("0: 1.0 all");
        assertThat(told("{\"f1 score\": \"nan\"}")).containsExactly("f1 score NaN");
    }

    @Test
    void tell_otherLine_namesTheReason() {
        assertThatThrownBy(() -> told("loss 0.25")).hasMessage("\"loss\" has not the form name=value");
        assertThatThrownBy(() -> told("loss=low")).hasMessage("loss is \"low\", not a number");
        assertThatThrownBy(() -> told("loss=1 step=1.5")).hasMessage("step is \"1.5\", not a whole number");
        assertThatThrownBy(() -> told("{\"loss\": ")).hasMessageStartingWith("it is no JSON object: ");
    }

    @Test
    void pattern_namedGroups_areMetricsByTheirNames() {
        OutputPattern pattern = new OutputPattern("epoch (?<step>\\d+): (?:loss (?<loss>\\S+))?(?: acc (?<acc>\\S+))?");
        Recorder recorder = new Recorder();

        pattern.tell("[12:00] epoch 3: loss 0.25", recorder);
        pattern.tell("another line", recorder);
        pattern.tell("epoch 4:  acc 0.5", recorder);

        assertThat(recorder.told).containsExactly("loss 0.25 at 3", "acc 0.5 at 4");
    }

    private static List<String> told(String line) {
        Recorder recorder = new Recorder();
        ProgramLine.tell(line, recorder);
        return recorder.told;
    }

    /** Keeps all calls as texts. */
    private static final class Recorder implements TaskContext {
        private final List<String> told = new ArrayList<>();

        @Override
        public void progress(int level, double fraction, String description) {
            told.add(level + ": " + fraction + " " + description);
        }

        @Override
        public void metric(String name, double value) {
            told.add(name + " " + value);
        }

        @Override
        public void metric(String name, double value, long step) {
            told.add(name + " " + value + " at " + step);
        }

        @Override
        public void metric(String name, String unit, double value) {
            told.add(name + " " + value + " of " + unit);
        }

        @Override
        public Path folder() {
            return Path.of("/");
        }

        @Override
        public System.Logger logger() {
            return System.getLogger("test");
        }
    }
}
