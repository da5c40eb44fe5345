package org.experimaestro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.AbstractCollection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Collections without an order never become a list, which would have another identifier in each process. */
class ListParametersTest {
    enum Size {
        SMALL,
        LARGE
    }

    @ConfigType("lists.texts")
    record Texts(List<String> list) implements Configurable {}

    @ConfigType("lists.sizes")
    record Sizes(List<Size> sizes) implements Configurable {}

    @ConfigType("lists.nested")
    record Nested(
            @Default("[]") List<List<String>> lists,
            @Default("{}") Map<String, List<String>> byName,
            @Default("[]") Set<List<String>> set,
            Optional<List<String>> optional)
            implements Configurable {}

    @ConfigType("lists.configs")
    record Configs(List<Texts> parts) implements Configurable {}

    static List<Collection<String>> withoutOrder() {
        Map<String, String> map = new HashMap<>(Map.of("a", "b"));
        return List.of(
                new HashSet<>(List.of("a")),
                Set.of("a", "b"),
                map.keySet(),
                map.values(),
                Map.of("a", "b").values(),
                new ConcurrentHashMap<>(map).values(),
                new IdentityHashMap<>(map).keySet(),
                new PriorityQueue<>(List.of("a")),
                Collections.unmodifiableSet(new HashSet<>(List.of("a"))),
                Collections.unmodifiableCollection(new HashSet<>(List.of("a"))));
    }

    @ParameterizedTest
    @MethodSource("withoutOrder")
    void set_collectionWithoutOrder_isRefused(Collection<String> collection) {
        NamedBuilder<Texts> builder = Config.builder(Texts.class);
        assertThatThrownBy(() -> builder.set("list", collection))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("ListParametersTest.java:")
                .hasMessageContaining("Parameter list of lists.texts is of type ")
                .hasMessageContaining(
                        "of which it is not known that its elements have an order, and not a List<String>")
                .hasMessageContaining("make a list in the order that is meant");
        assertThatThrownBy(() -> builder.set("list", Tags.tag(collection))).isInstanceOf(ConfigException.class);
    }

    @Test
    void set_collectionOfAnAnonymousClass_isNamedByWhatItExtends() {
        Collection<String> anonymous = new AbstractCollection<>() {
            @Override
            public Iterator<String> iterator() {
                return List.of("a").iterator();
            }

            @Override
            public int size() {
                return 1;
            }
        };
        assertThatThrownBy(() -> Config.builder(Texts.class).set("list", anonymous))
                .hasMessageContaining("is of type AbstractCollection, of which it is not known");
        assertThatThrownBy(() ->
                        Config.builder(Texts.class).set("list", new ConcurrentHashMap<>(Map.of("a", "b")).values()))
                .hasMessageContaining("is of type ConcurrentHashMap.ValuesView, of which it is not known");
    }

    @Test
    void set_collectionWithoutOrderInsideOfAnother_isRefused() {
        NamedBuilder<Nested> builder = Config.builder(Nested.class);
        Set<String> set = Set.of("a");
        assertThatThrownBy(() -> builder.set("lists", List.of(set)))
                .hasMessageContaining("is not known that its elements have an order");
        assertThatThrownBy(() -> builder.set("byName", Map.of("k", set)))
                .hasMessageContaining("is not known that its elements have an order");
        assertThatThrownBy(() -> builder.set("set", List.of(set)))
                .hasMessageContaining("is not known that its elements have an order");
        assertThatThrownBy(() -> builder.set("optional", set))
                .hasMessageContaining("is not known that its elements have an order");
        assertThatThrownBy(() -> builder.set("optional", Optional.of(set)))
                .hasMessageContaining("is not known that its elements have an order");
        assertThatThrownBy(() -> builder.set("lists", Set.of(List.of("a"))))
                .hasMessageContaining("is not known that its elements have an order");
    }

    @Test
    void set_configurationsWithoutOrder_areRefused() {
        Config<Texts> part = Config.builder(Texts.class).set("list", List.of()).build();
        assertThatThrownBy(() -> Config.builder(Configs.class).set("parts", Set.of(part)))
                .hasMessageContaining(
                        "Parameter parts of lists.configs is of type ImmutableCollections.Set12, of which");
    }

    static List<Collection<String>> withOrder() {
        List<String> list = List.of("b", "a");
        return List.of(
                list,
                Arrays.asList("b", "a"),
                new ArrayList<>(list).subList(0, 2),
                Collections.unmodifiableList(list),
                new CopyOnWriteArrayList<>(list),
                new LinkedList<>(list),
                new ArrayDeque<>(list),
                new LinkedHashSet<>(list),
                new ConcurrentLinkedQueue<>(list),
                new LinkedBlockingQueue<>(list),
                new ArrayBlockingQueue<>(list.size(), false, list),
                new CopyOnWriteArraySet<>(list));
    }

    @ParameterizedTest
    @MethodSource("withOrder")
    void set_collectionWithOrder_keepsIt(Collection<String> collection) {
        assertThat(Config.builder(Texts.class)
                        .set("list", collection)
                        .build()
                        .value()
                        .list())
                .containsExactly("b", "a");
    }

    @Test
    void set_sortedSet_keepsItsOrder() {
        TreeSet<String> sorted = new TreeSet<>(Collections.reverseOrder());
        sorted.addAll(List.of("a", "b"));
        assertThat(Config.builder(Texts.class)
                        .set("list", sorted)
                        .build()
                        .value()
                        .list())
                .containsExactly("b", "a");
        assertThat(Config.builder(Sizes.class)
                        .set("sizes", EnumSet.allOf(Size.class))
                        .build()
                        .value()
                        .sizes())
                .containsExactly(Size.SMALL, Size.LARGE);
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void set_valuesOfALinkedMap_keepTheirOrder() {
        Map<Integer, String> map = new LinkedHashMap<>();
        map.put(2, "b");
        map.put(1, "a");
        assertThat(Config.builder(Texts.class)
                        .set("list", map.values())
                        .build()
                        .value()
                        .list())
                .containsExactly("b", "a");
    }
}
