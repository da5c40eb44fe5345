package org.experimaestro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.experimaestro.TestConfigs.Activation;
import org.experimaestro.TestConfigs.Adam;
import org.experimaestro.TestConfigs.Chain;
import org.experimaestro.TestConfigs.Data;
import org.experimaestro.TestConfigs.Dataset;
import org.experimaestro.TestConfigs.Learn;
import org.experimaestro.TestConfigs.Limits;
import org.experimaestro.TestConfigs.Mlp;
import org.experimaestro.TestConfigs.Model;
import org.experimaestro.TestConfigs.Replacing;
import org.experimaestro.TestConfigs.Scalars;
import org.experimaestro.TestConfigs.UsesLearn;
import org.experimaestro.TestConfigs.Zoo;
import org.experimaestro.model.ConfigNode;
import org.experimaestro.model.Node;
import org.experimaestro.model.Producer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigTest {
    private static final Config<Data> TRAIN = data("train");
    private static final Config<Data> TEST = data("test");
    private static final Config<Dataset> DATASET =
            Config.builder(Dataset.class).set("train", TRAIN).set("test", TEST).build();

    @Nested
    class Get {
        @Test
        void get_parameter_isTheHandleThatWasGiven() {
            assertThat(DATASET.get(Dataset::train)).isSameAs(TRAIN);
            assertThat(DATASET.get(Dataset::test)).isSameAs(TEST);
        }

        @Test
        void get_itself_isItself() {
            assertThat(DATASET.get(dataset -> dataset)).isSameAs(DATASET);
        }

        @Test
        void get_parameterOfParameter_isTheHandleDeepBelow() {
            var pair = Config.builder(TestConfigs.Pair.class)
                    .set("left", DATASET)
                    .set("right", mlp(1))
                    .build();
            assertThat(pair.get(value -> ((Dataset) value.left()).test())).isSameAs(TEST);
        }

        @Test
        void get_collections_haveTheHandlesInside() {
            Config<Mlp> one = mlp(1);
            Config<Mlp> two = mlp(2);
            Config<Zoo> zoo = zoo(List.of(one, two), Map.of("a", two), Optional.of(one));
            assertThat(Config.elements(zoo.get(Zoo::models))).isEqualTo(List.of(one, two));
            assertThat(Config.entries(zoo.get(Zoo::named))).isEqualTo(Map.of("a", two));
            assertThat(Config.present(zoo.get(Zoo::best))).contains(anyModel(one));
            assertThat(zoo.get(value -> value.models().get(1))).isSameAs(two);
            assertThat(zoo.get(value -> value.best().orElseThrow())).isSameAs(one);
            assertThat(zoo.get(Zoo::models).get(models -> models.get(0))).isSameAs(one);
            Config<Zoo> empty = zoo(List.of(), Map.of(), Optional.empty());
            assertThat(Config.present(empty.get(Zoo::best))).isEmpty();
        }

        @Test
        void get_computedValue_isAnErrorThatSaysWhatToDo() {
            assertThatThrownBy(() -> DATASET.get(Dataset::computed))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageMatching("ConfigTest\\.java:\\d+: Cannot get Data\\[split=train, seed=1] \\(Data\\) of "
                            + "test\\.dataset/[0-9a-f]{8}: it is not a configuration that is a parameter there; "
                            + "if it is computed, make it a parameter, or build it; .*");
            assertThatThrownBy(() -> DATASET.get(dataset -> dataset.train().split()))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("Cannot get train (String)");
            assertThatThrownBy(() -> DATASET.get(dataset -> null))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("Cannot get null");
        }

        @Test
        void get_handlesThatDifferInTagsOnly_areToldApart() {
            Config<Data> tagged = TRAIN.tag("part", "b");
            Config<Dataset> dataset = Config.builder(Dataset.class)
                    .set("train", TRAIN)
                    .set("test", tagged)
                    .build();
            assertThat(dataset.get(Dataset::train)).isSameAs(TRAIN);
            assertThat(dataset.get(Dataset::test)).isSameAs(tagged);
        }
    }

    @Nested
    class Values {
        @Test
        void value_configuration_isNewAtEachCallAndShared() {
            Config<Dataset> same = Config.builder(Dataset.class)
                    .set("train", TRAIN)
                    .set("test", TRAIN)
                    .build();
            Dataset value = same.value();
            assertThat(value).isEqualTo(new Dataset(new Data("train", 0), new Data("train", 0)));
            assertThat(value.train()).isSameAs(value.test());
            assertThat(same.value()).isNotSameAs(value);
        }

        @Test
        void value_generatedPaths_areRelativeUntilTheFolderIsKnown() {
            Config<Learn> learn = learn();
            assertThat(learn.value().modelPath()).isEqualTo(Path.of("model.bin"));
            assertThat(learn.value().log()).isEqualTo(Path.of("log"));
            Config<Learn> submitted = ((ConfigNode<Learn>) Node.of(learn)).producedByItself(Path.of("/w/jobs/x"));
            assertThat(submitted.value().modelPath()).isEqualTo(Path.of("/w/jobs/x/model.bin"));
        }

        @Test
        void value_setsAndMaps_haveTheSameOrderWhateverThePlansWas() {
            Set<Config<Mlp>> forward = new LinkedHashSet<>();
            Map<String, Config<Mlp>> backward = new LinkedHashMap<>();
            for (int i = 0; i < 8; i++) {
                forward.add(mlp(i));
                backward.put("k" + (7 - i), mlp(i));
            }
            List<Config<Mlp>> reversed = new ArrayList<>(forward);
            java.util.Collections.reverse(reversed);
            Zoo one = zoo(List.of(), backward, Optional.empty(), forward).value();
            Zoo other = zoo(List.of(), backward, Optional.empty(), reversed).value();
            assertThat(one.others()).containsExactlyElementsOf(other.others());
            assertThat(one.named().keySet()).containsExactly("k0", "k1", "k2", "k3", "k4", "k5", "k6", "k7");
        }

        @Test
        void value_negativeZero_isZero() {
            Limits limits =
                    Config.builder(Limits.class).set("rate", -0.0).build().value();
            assertThat(1 / limits.rate()).isEqualTo(Double.POSITIVE_INFINITY);
        }

        @Test
        void of_plainValue_hasTheHandlesAndIdentifierOfTheBuiltOne() {
            Config<Dataset> config = Config.of(new Dataset(new Data("train", 0), new Data("test", 0)));
            assertThat(config.id()).isEqualTo(DATASET.id());
            assertThat(config.get(Dataset::train).id()).isEqualTo(TRAIN.id());
            assertThatThrownBy(() -> Config.of("text"))
                    .isInstanceOf(ConfigException.class)
                    .hasMessage("java.lang.String is not a configuration type; annotate it with @ConfigType");
        }

        @Test
        void of_twoThousandLevels_works() {
            Chain chain = new Chain(Optional.empty());
            for (int level = 0; level < 2_000; level++) {
                chain = new Chain(Optional.of(chain));
            }
            Config<Chain> config = Config.of(chain);
            assertThat(Config.of(config.value()).id()).isEqualTo(config.id());
            assertThat(Tags.tags(config)).isEmpty();
        }

        @Test
        void toBuilder_configuration_keepsParametersAndTags() {
            Config<Mlp> mlp = Config.builder(Mlp.class)
                    .set("layers", Tags.tag(3))
                    .set("activation", Activation.TANH)
                    .build();
            Config<Mlp> varied =
                    mlp.toBuilder().set("activation", Activation.RELU).build();
            assertThat(varied.value()).isEqualTo(new Mlp(3, Activation.RELU));
            assertThat(Tags.tags(varied)).containsEntry("layers", 3);
            assertThat(mlp.toBuilder().build().id()).isEqualTo(mlp.id());
            assertThat(Tags.tags(mlp.toBuilder().set("layers", 5).build())).isEmpty();
        }

        @Test
        void toBuilder_configurationMadeByATask_changesOnlyWhatDoesNotCount() {
            NamedBuilder<Mlp> builder = madeBy(learn(), mlp(1)).toBuilder();
            assertThat(builder.build().id()).isEqualTo(madeBy(learn(), mlp(1)).id());
            assertThatThrownBy(() -> builder.set("layers", 2).build())
                    .isInstanceOf(ConfigException.class)
                    .hasMessageMatching("ConfigTest\\.java:\\d+: Cannot build a variation of test\\.mlp/.*: "
                            + "test\\.learn/[0-9a-f]{32} makes it, .*; change only what does not count, vary the task, "
                            + "or build a new configuration");
        }

        @Test
        void type_andId_ofACollection_areRefused() {
            Config<?> models = zoo(List.of(mlp(1)), Map.of(), Optional.empty()).get(Zoo::models);
            assertThatThrownBy(models::id)
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("A collection of configurations has no identifier")
                    .hasMessageContaining("Config.elements");
            assertThat(mlp(1).type()).isEqualTo("test.mlp");
        }
    }

    @Nested
    class Builders {
        @Test
        void build_missingParameters_namesAllAndTheLine() {
            NamedBuilder<Dataset> builder = Config.builder(Dataset.class);
            int line = new Throwable().getStackTrace()[0].getLineNumber() + 1;
            assertThatThrownBy(() -> builder.build())
                    .isInstanceOf(ConfigException.class)
                    .hasMessage("ConfigTest.java:" + line + ": Cannot build test.dataset: "
                            + "no values for the required parameters train (Data), test (Data)");
        }

        @Test
        void build_valuesThatAreNotAllowed_namesAllOfThem() {
            assertThatThrownBy(() -> Config.builder(Limits.class)
                            .set("size", "huge")
                            .set("count", 0)
                            .build())
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining(
                            "Cannot build test.limits: no value for the required parameter rate (double); "
                                    + "size is huge, not one of small, large; count is 0, not at least 1");
            assertThatThrownBy(
                            () -> Config.builder(Limits.class).set("rate", 1.5).build())
                    .hasMessageContaining("rate is 1.5, not between 0 and 1");
        }

        @Test
        void build_constructorThatThrows_namesConfigurationParameterValueAndLine() {
            NamedBuilder<Adam> builder = Config.builder(Adam.class).set("lr", -1);
            int line = new Throwable().getStackTrace()[0].getLineNumber() + 1;
            assertThatThrownBy(() -> builder.build())
                    .isInstanceOf(ConfigException.class)
                    .hasCauseInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "ConfigTest.java:" + line + ": Cannot build test.adam with lr = -1.0: lr must be positive");
        }

        @Test
        void build_constructorThatReplacesAConfiguration_isRefused() {
            assertThatThrownBy(() ->
                            Config.builder(Replacing.class).set("data", TRAIN).build())
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("The constructor of test.replacing put something else in the place of its "
                            + "parameter data; keep the configurations that the constructor is given");
        }

        @Test
        void set_unknownParameter_saysWhichThereAre() {
            assertThatThrownBy(() -> Config.builder(Learn.class).set("epoch", 1))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageMatching("ConfigTest\\.java:\\d+: There is no parameter epoch in test\\.learn; "
                            + "its parameters are model, optimizer, epochs, gpus");
        }

        @Test
        void set_generatedPath_isRefused() {
            assertThatThrownBy(() -> Config.builder(Learn.class).set("modelPath", Path.of("x")))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("modelPath of test.learn is a generated path: the system sets it");
        }

        @Test
        void set_valueOfAnotherType_saysValueAndTypes() {
            assertMismatch("layers", 2.5, "is 2.5 (Double), which is not exactly a value of type int");
            assertMismatch("layers", 1L << 40, "is 1099511627776 (Long), which is not exactly a value of type int");
            assertMismatch("layers", "3", "is 3 (String), which is not exactly a value of type int");
            assertMismatch("activation", "RELU", "is RELU (String), which is not exactly a value of type Activation");
            assertMismatch("layers", null, "is null; leave it unset, or use an Optional parameter");
        }

        private void assertMismatch(String parameter, Object value, String problem) {
            assertThatThrownBy(() -> Config.builder(Mlp.class).set(parameter, value))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("Parameter " + parameter + " of test.mlp " + problem);
        }

        /** Names of files are bytes: two different names would have one text, and one identifier. */
        @Test
        void set_pathWhoseNameIsNoText_isRefused(@TempDir Path folder) throws Exception {
            new ProcessBuilder("sh", "-c", "touch \"$(printf 'a\\351')\"")
                    .directory(folder.toFile())
                    .start()
                    .waitFor();
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
                Path odd = files.iterator().next();
                assertThatThrownBy(() -> Config.builder(Scalars.class).set("aPath", odd))
                        .isInstanceOf(ConfigException.class)
                        .hasMessageContaining("whose name is no text in the charset of this process")
                        .hasMessageContaining("rename the file or folder");
            }
            Path replacement = Files.createFile(folder.resolve("a\uFFFD"));
            assertThat(Config.builder(Scalars.class).set("aPath", replacement)).isNotNull();
        }

        @Test
        void set_numbersOfOtherTypes_areConvertedExactly() {
            Config<Mlp> mlp = Config.builder(Mlp.class).set("layers", 3L).build();
            assertThat(mlp.id()).isEqualTo(mlp(3).id());
            Config<Adam> adam =
                    Config.builder(Adam.class).set("lr", Tags.tag(1)).build();
            assertThat(adam.value().lr()).isEqualTo(1.0);
            assertThat(Tags.tags(adam)).containsEntry("lr", 1.0);
        }

        @Test
        void set_somethingElseThanTheConfigurationWanted_saysWhat() {
            assertThatThrownBy(() -> Config.builder(Dataset.class).set("train", new Data("train", 0)))
                    .hasMessageContaining(
                            "Parameter train of test.dataset is a Data, not a Config<Data>; pass the handle");
            assertThatThrownBy(() -> Config.builder(Dataset.class).set("train", mlp(1)))
                    .hasMessageContaining("Parameter train of test.dataset is a test.mlp, not a Data");
            Config<?> models = zoo(List.of(), Map.of(), Optional.empty()).get(Zoo::models);
            assertThatThrownBy(() -> Config.builder(Dataset.class).set("train", models))
                    .hasMessageContaining("is a collection, not a Data; take its parts with Config.elements");
        }

        @Test
        void set_taskThatWasNotSubmitted_isRefusedWithThePlace() {
            Config<Learn> learn = learn();
            assertThatThrownBy(() -> Config.builder(UsesLearn.class).set("learn", learn))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageMatching("ConfigTest\\.java:\\d+: Parameter learn of test\\.uses-learn is the task "
                            + "test\\.learn, which was not submitted; submit it first, and pass what submit returns");
            Config<Learn> submitted = ((ConfigNode<Learn>) Node.of(learn)).producedByItself(Path.of("/w/jobs/x"));
            assertThat(Config.builder(UsesLearn.class)
                            .set("learn", submitted)
                            .build()
                            .get(UsesLearn::learn))
                    .isSameAs(submitted);
        }

        @Test
        void set_collection_isCopied() {
            List<Integer> inner = new ArrayList<>(List.of(1));
            NamedBuilder<Scalars> builder = Config.builder(Scalars.class);
            builder.set("aList", List.of(inner));
            inner.add(2);
            assertThatThrownBy(builder::build).hasMessageNotContaining("aList").hasMessageContaining("aMap (Map<");
        }

        @Test
        void builder_classThatIsNoConfiguration_saysWhatToDo() {
            assertThatThrownBy(() -> Config.builder(String.class))
                    .isInstanceOf(ConfigException.class)
                    .hasMessage("java.lang.String is not a configuration type; annotate it with @ConfigType");
        }
    }

    @Nested
    class TagsOfConfigs {
        @Test
        void tags_ofAConfiguration_areCollectedFromAllBelowAndTheTasks() {
            Config<Mlp> model =
                    Config.builder(Mlp.class).set("layers", Tags.tag(3)).build();
            Config<Learn> learn = Config.builder(Learn.class)
                    .set("model", model)
                    .set("epochs", Tags.tag(16))
                    .build();
            Config<Mlp> learned = madeBy(learn, mlp(1)).tag("kind", Activation.TANH);
            assertThat(Tags.tags(learned)).isEqualTo(Map.of("epochs", 16, "kind", "TANH", "layers", 3));
            assertThat(Tags.tagsPath(learned)).isEqualTo("epochs=16_kind=TANH_layers=3");
            assertThat(Tags.tagsPath(TRAIN)).isEmpty();
            assertThat(Tags.tagsPath(TRAIN.tag("path", Path.of("a/b")))).isEqualTo("path=a-b");
        }

        @Test
        void stopTags_ofAConfiguration_keepsThemFromWhatUsesIt() {
            Config<Mlp> model = mlp(1).tag("size", "small").stopTags();
            Config<Zoo> zoo = zoo(List.of(model, mlp(2).tag("other", 1)), Map.of(), Optional.empty());
            assertThat(Tags.tags(model)).containsEntry("size", "small");
            assertThat(Tags.tags(zoo)).isEqualTo(Map.of("other", 1));
        }

        @Test
        void tags_withTwoValues_keepTheOuterThenTheLater() {
            Config<Data> train = TRAIN.tag("part", "first");
            Config<Data> test = TEST.tag("part", "second");
            Config<Dataset> dataset = Config.builder(Dataset.class)
                    .set("train", train)
                    .set("test", test)
                    .build();
            assertThat(Tags.tags(dataset)).containsEntry("part", "second");
            assertThat(Node.of(dataset).tagSet().conflicts())
                    .isEqualTo(Map.of(
                            "part", "tag part is first by test.data, and second by test.data: the latter is kept"));
            Config<Dataset> outer = dataset.tag("part", "all");
            assertThat(Tags.tags(outer)).containsEntry("part", "all");
            assertThat(Tags.tags(dataset.tag("part", "second"))).containsEntry("part", "second");
        }

        @Test
        void tag_withoutName_isRefused() {
            assertThatThrownBy(() -> TRAIN.tag("", 1)).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void tag_onACollection_isOnEachPart() {
            Config<List<Model>> models =
                    zoo(List.of(mlp(1), mlp(2)), Map.of(), Optional.empty()).get(Zoo::models);
            for (Config<Model> model : Config.elements(models.tag("t", 1))) {
                assertThat(Tags.tags(model)).containsEntry("t", 1);
            }
        }
    }

    private static Config<Data> data(String split) {
        return Config.builder(Data.class).set("split", split).build();
    }

    private static Config<Mlp> mlp(int layers) {
        return Config.builder(Mlp.class).set("layers", layers).build();
    }

    private static Config<Learn> learn() {
        return Config.builder(Learn.class)
                .set("model", mlp(3))
                .set("epochs", 16)
                .build();
    }

    private static Config<Zoo> zoo(Object models, Object named, Object best) {
        return zoo(models, named, best, Set.of());
    }

    private static Config<Zoo> zoo(Object models, Object named, Object best, Object others) {
        return Config.builder(Zoo.class)
                .set("models", models)
                .set("named", named)
                .set("best", best)
                .set("others", others)
                .build();
    }

    private static <T> Config<T> madeBy(Config<Learn> task, Config<T> config) {
        ConfigNode<?> node = (ConfigNode<?>) Node.of(task);
        Producer producer = new Producer(task.type(), task.id(), Path.of("/w/jobs/x"), node);
        return ((ConfigNode<T>) Node.of(config)).producedBy(producer);
    }

    @SuppressWarnings("unchecked")
    private static Config<Model> anyModel(Config<?> config) {
        return (Config<Model>) config;
    }
}
