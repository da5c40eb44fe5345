package org.experimaestro.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.Struct;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.Value;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.experimaestro.WorkspaceException;
import org.experimaestro.exchange.ExchangedJob.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.framework.Summary;
import org.tensorflow.framework.SummaryMetadata;
import org.tensorflow.hadoop.util.TFRecordReader;
import org.tensorflow.util.Event;

/** Reads back by TensorFlow's own reader of records, which checks their checksums, and its own messages. */
class TensorBoardFormatTest {
    @TempDir
    private Path folder;

    private final TensorBoardFormat format = new TensorBoardFormat();

    @Test
    void write_metrics_areScalarsInTheOrderOfTime() throws IOException {
        write(State.DONE, Map.of("lr", 0.1));
        List<Event> events = events(folder.resolve("grid/a.learn/lr=0.1-01234567"));

        assertThat(events.getFirst().getFileVersion()).isEqualTo("brain.Event:2");
        List<String> scalars = new ArrayList<>();
        for (Event event : events) {
            for (Summary.Value value : event.getSummary().getValueList()) {
                if (value.getValueCase() == Summary.Value.ValueCase.SIMPLE_VALUE) {
                    scalars.add(value.getTag() + " " + event.getStep() + " " + value.getSimpleValue());
                }
            }
        }
        assertThat(scalars)
                .containsExactly("train/loss 0 2.5", "train/loss 100 NaN", "train/loss 4000000000 0.0", "map 0 0.25");
        assertThat(events.get(2).getWallTime())
                .isCloseTo(SampleJobs.START.plusMillis(500).toEpochMilli() / 1e3, within(1e-6));
        assertThat(events)
                .allSatisfy(
                        event -> assertThat(event.getUnknownFields().asMap()).isEmpty());
    }

    @Test
    void write_tagsAndParameters_areHyperparametersOfTheirTypes() throws IOException {
        write(State.DONE, Map.of("lr", 0.1, "layers", "three"));
        List<Event> events = events(folder.resolve("grid/a.learn/layers=three_lr=0.1-01234567"));

        Map<String, Value> values = hyperparameters(events.get(1));
        assertThat(values.get("lr").getNumberValue()).isEqualTo(0.1);
        assertThat(values.get("layers").getStringValue())
                .as("the tag, not the parameter")
                .isEqualTo("three");
        assertThat(values.get("optimizer.lr").getNumberValue()).isEqualTo(0.001);
        assertThat(values.get("isDeep").getBoolValue()).isTrue();
        assertThat(values.get("name").getStringValue()).isEqualTo("a: {b}\n\u00e9 \"c\" #d");
        assertThat(status(events.getLast())).isEqualTo(1);
    }

    @Test
    void write_jobThatFailedOrRuns_hasItsState() throws IOException {
        write(State.FAILED, Map.of());
        assertThat(status(events(folder.resolve("grid/a.learn/01234567")).getLast()))
                .isEqualTo(2);

        write(State.RUNNING, Map.of());
        assertThat(events(folder.resolve("grid/a.learn/01234567"))
                        .getLast()
                        .getSummary()
                        .getValue(0)
                        .getTag())
                .isEqualTo("map");
    }

    @Test
    void write_again_replacesTheJobAlsoUnderOtherTags_andKeepsTheRest() throws IOException {
        write(State.RUNNING, Map.of("lr", 0.1));
        Path other = Files.createDirectories(folder.resolve("grid/a.learn/mine-01234567"));
        Files.writeString(other.resolve("events.out.tfevents.1." + SampleJobs.ID), "x");
        write(State.DONE, Map.of("lr", 0.2));

        try (Stream<Path> left = Files.list(folder.resolve("grid/a.learn"))) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("lr=0.2-01234567", "mine-01234567");
        }
        try (Stream<Path> all = Files.list(folder)) {
            assertThat(all).as("no draft is left").containsExactly(folder.resolve("grid"));
        }
    }

    @Test
    void write_somethingElseInItsPlace_isRefusedAndKept() throws IOException {
        Path mine = Files.createDirectories(folder.resolve("grid/a.learn/01234567"));
        Files.writeString(mine.resolve("precious"), "x");

        assertThatThrownBy(() -> write(State.DONE, Map.of()))
                .isInstanceOf(WorkspaceException.class)
                .hasMessageContaining("something else is in its place");
        assertThat(mine.resolve("precious")).exists();
    }

    @Test
    void write_hostileNames_stayInTheFolder() throws IOException {
        format.write(
                "../..", List.of(SampleJobs.learn(State.DONE, Map.of("t", "../../x\u202e"))), folder.resolve("in"));

        try (Stream<Path> all = Files.list(folder)) {
            assertThat(all).containsExactly(folder.resolve("in"));
        }
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(2);
        }
    }

    private void write(State state, Map<String, Object> tags) {
        format.write("grid", List.of(SampleJobs.learn(state, tags)), folder);
    }

    private static List<Event> events(Path run) throws IOException {
        List<Event> events = new ArrayList<>();
        try (Stream<Path> files = Files.list(run);
                InputStream in = Files.newInputStream(
                        files.filter(file -> file.getFileName().toString().contains("tfevents"))
                                .toList()
                                .getFirst())) {
            TFRecordReader reader = new TFRecordReader(in, true);
            for (byte[] next = reader.read(); next != null; next = reader.read()) {
                events.add(Event.parseFrom(next));
            }
        }
        return events;
    }

    /** The messages of the plugin are in no library, so their numbers are those of plugin_data.proto. */
    private static UnknownFieldSet plugin(Event event, String name) throws IOException {
        Summary.Value value = event.getSummary().getValue(0);
        assertThat(value.getTag()).isEqualTo(name);
        SummaryMetadata.PluginData plugin = value.getMetadata().getPluginData();
        assertThat(plugin.getPluginName()).isEqualTo("hparams");
        assertThat(value.getTensor().getDtypeValue()).isEqualTo(1);
        return UnknownFieldSet.parseFrom(plugin.getContent());
    }

    private static Map<String, Value> hyperparameters(Event event) throws IOException {
        UnknownFieldSet data = plugin(event, "_hparams_/session_start_info");
        // The member hparams has the form of the member of a google.protobuf.Struct.
        Struct start =
                Struct.parseFrom(data.getField(3).getLengthDelimitedList().getFirst());
        return new HashMap<>(start.getFieldsMap());
    }

    private static long status(Event event) throws IOException {
        UnknownFieldSet data = plugin(event, "_hparams_/session_end_info");
        UnknownFieldSet end = UnknownFieldSet.parseFrom(
                data.getField(4).getLengthDelimitedList().getFirst());
        assertThat(Double.longBitsToDouble(end.getField(2).getFixed64List().getFirst()))
                .isEqualTo(SampleJobs.START.plusSeconds(10).toEpochMilli() / 1e3);
        return end.getField(1).getVarintList().getFirst();
    }
}
