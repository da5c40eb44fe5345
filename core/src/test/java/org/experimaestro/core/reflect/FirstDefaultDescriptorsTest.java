package org.experimaestro.core.reflect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import org.experimaestro.Config;
import org.experimaestro.ConfigType;
import org.experimaestro.Configurable;
import org.experimaestro.Content;
import org.experimaestro.Default;
import org.experimaestro.DefaultFrom;
import org.experimaestro.Meta;
import org.experimaestro.Range;
import org.experimaestro.core.reflect.ReflectiveDescriptorsTest.Color;
import org.experimaestro.core.reflect.ReflectiveDescriptorsTest.Dot;
import org.experimaestro.core.reflect.ReflectiveDescriptorsTest.Shape;
import org.experimaestro.generated.Parameter;
import org.experimaestro.generated.TypeDescriptor;
import org.experimaestro.model.type.Defaults;
import org.junit.jupiter.api.Test;

/** Defaults that name their first default. */
class FirstDefaultDescriptorsTest {

    @ConfigType("reflect.was")
    record Was(
            @Default(value = "0.75", was = "0.4") @Range(min = 0.5)
            double rate,

            @Default(value = "GREEN", was = "RED") Color color,
            @Default(value = "3", was = Default.ABSENT) Optional<Integer> gained,
            @Default(value = Default.ABSENT, was = "3") Optional<Integer> lost,
            @Default(Default.ABSENT) Optional<Integer> never,

            @Content @Default(value = "/a", was = Default.ABSENT)
            Optional<Path> content,

            @DefaultFrom(value = "two", was = "one") Shape shape)
            implements Configurable {
        static Config<Dot> one() {
            return Config.builder(Dot.class).set("size", 1).build();
        }

        static Config<Dot> two() {
            return Config.builder(Dot.class).set("size", 2).build();
        }
    }

    @Test
    void describe_defaultsThatHaveChanged_knowsTheFirstOnes() {
        TypeDescriptor<?> type = describe(Was.class);
        assertThat(Defaults.of(type).first(type.indexOf("rate"))).isEqualTo(0.4);
        assertThat(Defaults.of(type).first(type.indexOf("color"))).isEqualTo(Color.RED);
        assertThat(parameter(type, "gained").hasFirstDefault()).isTrue();
        assertThat(Defaults.of(type).first(type.indexOf("gained"))).isNull();
        assertThat(Defaults.of(type).bound(type.indexOf("gained"))).isEqualTo(3);
        assertThat(Defaults.of(type).first(type.indexOf("lost"))).isEqualTo(3);
        assertThat(Defaults.of(type).bound(type.indexOf("lost"))).isNull();
        assertThat(parameter(type, "never").hasFirstDefault()).isFalse();
        assertThat(((Config<?>) Defaults.of(type).first(type.indexOf("shape"))).id())
                .isEqualTo(Was.one().id());
        assertThat(((Config<?>) Defaults.of(type).bound(type.indexOf("shape"))).id())
                .isEqualTo(Was.two().id());
    }

    @ConfigType("reflect.wrong-was")
    record WrongWas(
            @Default(value = "1", was = "x") int unread,
            @Default(value = "1", was = "2", inId = true) int counted,
            @Meta @Default(value = "1", was = "2") int meta,
            @Default(Default.ABSENT) int absent,
            @Default(value = "1", was = Default.ABSENT) int wasAbsent,

            @Content @Default(value = Default.ABSENT, was = "/a")
            Optional<Path> content,

            @DefaultFrom(value = "dot", was = "dat") Dot noMethod,

            @DefaultFrom(value = "dot", was = Default.ABSENT)
            Dot noOptional,

            @DefaultFrom(value = "dot", was = "dot", inId = true)
            Dot countedToo)
            implements Configurable {
        static Config<Dot> dot() {
            return Config.builder(Dot.class).set("size", 1).build();
        }
    }

    @Test
    void describe_firstDefaultsThatAreWrong_saysWhy() {
        assertThatThrownBy(() -> describe(WrongWas.class)).hasMessage("""
                        org.experimaestro.core.reflect.FirstDefaultDescriptorsTest$WrongWas is not a correct configuration type: \
                        the first default of unread (int) cannot be read: "x" is not an int; write a number as in Java, such as 3, -1 or 1_000
                          parameter counted of WrongWas has inId = true, so that no default is left out, and was, which names one; remove one of them
                          parameter meta of WrongWas is a meta parameter, which never counts in the identifier; remove @Meta, or was
                          the default of absent (int) cannot be read: only an Optional can be absent; write a value, or use an Optional
                          the first default of wasAbsent (int) cannot be read: only an Optional can be absent; write a value, or use an Optional
                          parameter content of WrongWas has a default that would not count, whatever the file contains; write @Default(…, inId = true)
                          the default of noMethod cannot be made: there is no method dat in WrongWas; did you mean "dot"? Else write static Config<Dot> dat() in it
                          the first default of noOptional (Dot) cannot be read: only an Optional can be absent; write a value, or use an Optional
                          parameter countedToo of WrongWas has inId = true, so that no default is left out, and was, which names one; remove one of them""");
    }

    private static TypeDescriptor<?> describe(Class<?> type) {
        return new ReflectiveDescriptors().describe(type);
    }

    private static Parameter parameter(TypeDescriptor<?> type, String name) {
        return type.parameter(type.indexOf(name));
    }
}
