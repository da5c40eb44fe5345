package org.experimaestro.model.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.experimaestro.Config;
import org.experimaestro.generated.Parameter;
import org.experimaestro.generated.ValueType;
import org.experimaestro.model.type.PlanFolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Defaults that were changed, and defaults that start from the plan's folder. */
class FirstDefaultTest {
    private static final ValueType MAYBE = ValueType.optional(ValueType.INT);

    @AfterEach
    void tearDown() {
        System.clearProperty(PlanFolder.PROPERTY);
    }

    @Test
    void id_defaultHasChanged_leavesTheFirstOneOut() {
        Sample.Type before = type(rate().withDefault(0.4));
        Sample.Type after = type(rate().withDefault(0.75).withFirstDefault(0.4));

        assertThat(after.build("rate", 0.4).id()).isEqualTo(before.build().id());
        assertThat(after.build().id()).isEqualTo(before.build("rate", 0.75).id());
        assertThat(after.build("rate", 0.75).id()).isEqualTo(after.build().id());
        assertThat(after.build("rate", 0.5).id())
                .isEqualTo(before.build("rate", 0.5).id());
    }

    @Test
    void id_defaultHasChangedBack_isThatOfTheFirstOne() {
        Sample.Type back = type(rate().withDefault(0.4).withFirstDefault(0.4));
        assertThat(back.build().id())
                .isEqualTo(type(rate().withDefault(0.4)).build().id());
    }

    @Test
    void id_optionalGetsADefault_leavesTheAbsentOneOut() {
        Sample.Type before = type(Parameter.of("limit", MAYBE));
        Sample.Type after = type(Parameter.of("limit", MAYBE).withDefault(3).withFirstDefault(null));

        assertThat(after.build("limit", Optional.empty()).id())
                .isEqualTo(before.build().id());
        assertThat(after.build().id()).isEqualTo(before.build("limit", 3).id());
    }

    @Test
    void id_optionalLosesItsDefault_leavesTheFirstOneOut() {
        Sample.Type before = type(Parameter.of("limit", MAYBE).withDefault(3));
        Sample.Type after = type(Parameter.of("limit", MAYBE).withFirstDefault(3));

        assertThat(after.build("limit", 3).id()).isEqualTo(before.build().id());
        assertThat(after.build().id())
                .isEqualTo(before.build("limit", Optional.empty()).id())
                .isNotEqualTo(before.build().id());
    }

    @Test
    void id_minusZeroAndNaN_areLeftOutAsTheFirstDefault() {
        Sample.Type zero = type(rate().withDefault(1.0).withFirstDefault(-0.0));
        assertThat(zero.build("rate", 0.0).id()).isEqualTo(type().build().id());
        Sample.Type none = type(rate().withDefault(1.0).withFirstDefault(Double.NaN));
        assertThat(none.build("rate", Double.NaN).id()).isEqualTo(type().build().id());
    }

    @Test
    void id_defaultConfigurationHasChanged_leavesTheFirstOneOut() {
        Sample.Type part = Sample.Type.of("part", Parameter.of("layers", ValueType.INT));
        Sample.Type after = type(Parameter.of("part", Sample.TYPE)
                        .withDefaultFromMethod()
                        .withFirstDefaultFromMethod())
                .withDefaultConfig("part", part.build("layers", 5))
                .withDefaultConfig("first part", part.build("layers", 3));

        assertThat(after.build("part", part.build("layers", 3)).id())
                .isEqualTo(type().build().id());
        assertThat(after.build().id())
                .isEqualTo(after.build("part", part.build("layers", 5)).id())
                .isNotEqualTo(type().build().id());
    }

    @Test
    void id_absoluteDefaultPath_doesNotCount() {
        Sample.Type type = type(path().withDefault(Path.of("/srv/data")));
        assertThat(type.build().id()).isEqualTo(type().build().id());
    }

    @Test
    void id_relativeDefaultPath_isThatOfThePathInThePlansFolder() {
        Sample.Type type = type(path().withDefault(Path.of("data")));
        Sample.Type without = type(path());
        for (String plan : List.of("/plans/one", "/plans/two")) {
            System.setProperty(PlanFolder.PROPERTY, plan);
            assertThat(type.build().id())
                    .isEqualTo(without.build("path", Path.of(plan, "data")).id())
                    .isEqualTo(type.build("path", Path.of("data")).id());
        }
    }

    @Test
    void id_relativePathInsideADefault_countsToo() {
        Path data = Path.of("data");
        ValueType path = ValueType.PATH;
        List<Parameter> parameters = List.of(
                Parameter.of("path", ValueType.optional(path)).withDefault(Optional.of(data)),
                Parameter.of("path", ValueType.list(path)).withDefault(List.of(Path.of("/a"), data)),
                Parameter.of("path", ValueType.set(path)).withDefault(Set.of(data)),
                Parameter.of("path", ValueType.map(ValueType.STRING, path)).withDefault(Map.of("a", data)),
                Parameter.of("path", ValueType.list(ValueType.list(path))).withDefault(List.of(List.of(data))));
        for (Parameter parameter : parameters) {
            Sample.Type type = type(parameter);
            System.setProperty(PlanFolder.PROPERTY, "/plans/one");
            Config<?> one = type.build();
            System.setProperty(PlanFolder.PROPERTY, "/plans/two");
            assertThat(type.build().id()).isNotEqualTo(one.id());
            assertThat(one.id()).isNotEqualTo(type().build().id());
        }
    }

    @Test
    void id_relativePathInADefaultConfiguration_countsToo() {
        Sample.Type data = Sample.Type.of("data", path());
        Sample.Type outer = Sample.Type.of("outer", Parameter.of("data", Sample.TYPE));
        System.setProperty(PlanFolder.PROPERTY, "/plans/one");
        Config<?> relative = data.build("path", Path.of("data"));

        assertThat(ofPart(relative).build().id()).isNotEqualTo(type().build().id());
        assertThat(ofPart(outer.build("data", relative.tag("a", 1))).build().id())
                .isNotEqualTo(type().build().id());
        assertThat(ofPart(data.build("path", Path.of("/plans/one/data")))
                        .build()
                        .id())
                .isEqualTo(type().build().id());
    }

    private static Sample.Type ofPart(Config<?> byDefault) {
        return type(Parameter.of("part", Sample.TYPE).withDefaultFromMethod()).withDefaultConfig("part", byDefault);
    }

    @Test
    void id_relativeFirstDefaultPath_leavesNothingOut() {
        Sample.Type type = type(path().withDefault(Path.of("/srv/data")).withFirstDefault(Path.of("data")));
        assertThat(type.build().id()).isNotEqualTo(type().build().id());
    }

    private static Sample.Type type(Parameter... parameters) {
        return Sample.Type.of("learn", parameters);
    }

    private static Parameter rate() {
        return Parameter.of("rate", ValueType.DOUBLE);
    }

    private static Parameter path() {
        return Parameter.of("path", ValueType.PATH);
    }
}
