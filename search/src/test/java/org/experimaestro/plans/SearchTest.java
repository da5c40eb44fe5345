package org.experimaestro.plans;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.experimaestro.Best;
import org.experimaestro.LogScale;
import org.experimaestro.OneOf;
import org.experimaestro.PlanException;
import org.experimaestro.Range;
import org.experimaestro.Search;
import org.experimaestro.Space;
import org.experimaestro.Step;
import org.experimaestro.Trial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Trials are within their space, different, repeatable, and end with a finite space; TPE finds better points than chance. */
class SearchTest {
    private static final long SEED = 7;

    enum Color {
        RED,
        GREEN {
            @Override
            boolean isWarm() {
                return false;
            }
        };

        boolean isWarm() {
            return true;
        }
    }

    sealed interface Optimizer {}

    record Sgd(@Range(min = 1e-4, max = 1) @LogScale double lr) implements Optimizer {}

    record Adam(
            @Range(min = 1e-6, max = 1e-2) @LogScale double lr,
            @OneOf({"0.9", "0.99"}) double beta) implements Optimizer {}

    record Layer(
            @Range(min = 1, max = 1024) @LogScale int width,
            @Range(min = -3, max = 3) long shift) {}

    record Model(
            @Range(min = 0, max = 0.9) double momentum,
            @Range(min = 0, max = 0.5) @Step(0.05) double dropout,
            boolean bias,
            Color color,
            @OneOf({"a", "b", "c"}) String text,
            Layer layer,
            Optimizer optimizer) {}

    sealed interface Chain {}

    record End(boolean flag) implements Chain {}

    record Node(Chain next) implements Chain {}

    record Small(@Range(min = 1, max = 4) int number, boolean flag) {}

    record Wide(@Range(min = 1, max = 8) @LogScale int width) {}

    record Flat(
            @Range(min = -5, max = 5) double x,
            @Range(min = -5, max = 5) double y) {}

    /** A product of Gaussians would be easy: this is Branin's function, on the square on which it is always given. */
    record Branin(
            @Range(min = -5, max = 10) double x,
            @Range(min = 0, max = 15) double y) {
        private static final double LOWEST = 0.397887;

        double regret() {
            double bend = y - 5.1 / (4 * Math.PI * Math.PI) * x * x + 5 / Math.PI * x - 6;
            return bend * bend + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10 - LOWEST;
        }
    }

    private static <T extends Record> Search<T> begin(Search.Method method, Class<T> type, long seed) {
        return Search.Provider.required().create(method, Space.of(type), Best.LOWEST, seed);
    }

    @ParameterizedTest
    @EnumSource
    void ask_spaceOfAllForms_isWithinItAndReadable(Search.Method method) {
        Search<Model> search = begin(method, Model.class, SEED);
        Set<Object> optimizers = new HashSet<>();
        Set<Object> widths = new HashSet<>();
        for (int i = 0; i < 60; i++) {
            Trial<Model> trial = search.ask();
            Model model = trial.value();
            assertThat(model.momentum()).isBetween(0.0, 0.9);
            assertThat(String.valueOf(model.momentum()).length()).isLessThanOrEqualTo(6);
            assertThat(model.dropout() * 20).isEqualTo(Math.rint(model.dropout() * 20));
            assertThat(model.layer().width()).isBetween(1, 1024);
            assertThat(model.layer().shift()).isBetween(-3L, 3L);
            assertThat(trial.tags())
                    .containsEntry("momentum", model.momentum())
                    .containsEntry("color", model.color().toString())
                    .containsEntry("layer.width", model.layer().width())
                    .containsKeys("optimizer", "optimizer.lr");
            switch (model.optimizer()) {
                case Sgd sgd ->
                    assertThat(trial.tags())
                            .containsEntry("optimizer", "Sgd")
                            .containsEntry("optimizer.lr", sgd.lr())
                            .doesNotContainKey("optimizer.beta");
                case Adam adam ->
                    assertThat(trial.tags())
                            .containsEntry("optimizer", "Adam")
                            .containsEntry("optimizer.lr", adam.lr())
                            .containsEntry("optimizer.beta", adam.beta());
            }
            optimizers.add(model.optimizer().getClass());
            widths.add(Integer.highestOneBit(model.layer().width()));
            search.tell(trial, model.momentum() + model.dropout());
        }
        assertThat(optimizers).hasSize(2);
        assertThat(widths).hasSizeGreaterThan(5);
    }

    @ParameterizedTest
    @EnumSource
    void ask_againWithAnswersInAnotherOrder_isTheSame(Search.Method method) {
        List<Model> first = rounds(method, false);

        assertThat(rounds(method, true)).isEqualTo(first);
        assertThat(first).doesNotHaveDuplicates();
    }

    private static List<Model> rounds(Search.Method method, boolean isReversed) {
        Search<Model> search = begin(method, Model.class, SEED);
        for (int round = 0; round < 5; round++) {
            List<Trial<Model>> trials = search.ask(6);
            if (isReversed) {
                Collections.reverse(trials);
            }
            for (Trial<Model> trial : trials) {
                if (trial.number() % 5 == 0) {
                    search.tellFailed(trial);
                } else {
                    search.tell(trial, trial.value().momentum() + trial.value().dropout());
                }
            }
        }
        return search.trials().stream().map(Trial::value).toList();
    }

    /** These trials are in users' workspaces: a change moves all searches. */
    @Test
    void ask_sequence_isUnmoved() {
        Search<Flat> tpe = Search.tpe(Space.of(Flat.class), Best.LOWEST, SEED);
        minimize(tpe, 20, flat -> flat.x() * flat.x() + flat.y() * flat.y());

        assertThat(values(Search.random(Space.of(Flat.class), Best.LOWEST, SEED)))
                .isEqualTo("{x=-2.98, y=3.28}{x=-1.22, y=-3.75}{x=-2.25, y=-1.61}");
        assertThat(values(Search.sobol(Space.of(Flat.class), Best.LOWEST, SEED)))
                .isEqualTo("{x=-4.29, y=-3.08}{x=0.71, y=1.92}{x=3.21, y=-0.58}");
        assertThat(values(tpe)).isEqualTo("{x=4.6, y=-3.61}{x=-2.46, y=0.72}{x=1.4, y=2.76}");
    }

    private static String values(Search<Flat> search) {
        StringBuilder text = new StringBuilder();
        for (Trial<Flat> trial : search.ask(3)) {
            text.append(trial.tags());
        }
        return text.toString();
    }

    @ParameterizedTest
    @EnumSource
    void ask_wholeNumbersOnALogarithm_isEachOnce(Search.Method method) {
        Space<Wide> space = Space.of(Wide.class).where(wide -> wide.width() <= 2 || wide.width() == 6);
        Search<Wide> search = Search.Provider.required().create(method, space, Best.LOWEST, SEED);
        for (Trial<Wide> trial : search.ask(100)) {
            search.tell(trial, trial.value().width());
        }

        assertThat(search.trials())
                .extracting(Trial::value)
                .containsExactlyInAnyOrder(new Wide(1), new Wide(2), new Wide(6));
        assertThat(search.hasNext()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void ask_finiteSpace_isEachPointOnce(Search.Method method) {
        Space<Small> space = Space.of(Small.class).where(small -> small.flag() || small.number() < 3);
        Search<Small> search = Search.Provider.required().create(method, space, Best.LOWEST, SEED);
        for (Trial<Small> trial : search.ask(100)) {
            search.tell(trial, trial.value().number());
        }

        assertThat(search.trials()).extracting(Trial::value).hasSize(6).doesNotHaveDuplicates();
        assertThat(search.hasNext()).isFalse();
        assertThat(search.best().orElseThrow().answer()).hasValue(1);
        assertThatThrownBy(() -> search.ask())
                .isInstanceOf(PlanException.class)
                .hasMessageStartingWith("SearchTest.java:")
                .hasMessageContaining("all 6 points of the space were asked; end the loop when hasNext() is false");
    }

    @Test
    void hasNext_answersThatThisRunDoesNotGet_endWithTheTrialsThatNeedThem() {
        Search<Flat> tpe = Search.tpe(Space.of(Flat.class), Best.LOWEST, SEED);
        Search<Flat> sobol = Search.sobol(Space.of(Flat.class), Best.LOWEST, SEED);
        for (Search<Flat> search : List.of(tpe, sobol)) {
            for (int i = 0; i < 20 && search.hasNext(); i++) {
                search.tellNotRun(search.ask());
            }
        }

        assertThat(tpe.trials()).hasSize(10);
        assertThat(sobol.trials()).hasSize(20);
        assertThatThrownBy(() -> tpe.ask())
                .hasMessageContaining("Cannot ask for trial 10: it depends on the answer to trial 0 (x=");
    }

    @Test
    void space_valuesOfThePlan_replaceAnnotations() {
        Space<Model> space = Space.of(Model.class)
                .range("momentum", 0.3, 0.4)
                .choose("color", Color.GREEN)
                .log("layer.shift", 1, 2)
                .range("layer.width", 10, 30, 10)
                .choose("optimizer", new Sgd(0.5), new Adam(0.1, 0.9))
                .choose("text", "z");
        for (Trial<Model> trial : Search.random(space, Best.LOWEST, SEED).ask(30)) {
            Model model = trial.value();
            assertThat(model.momentum()).isBetween(0.3, 0.4);
            assertThat(model.layer().width()).isIn(10, 20, 30);
            assertThat(model.layer().shift()).isIn(1L, 2L);
            assertThat(model.optimizer()).isIn(new Sgd(0.5), new Adam(0.1, 0.9));
            assertThat(model.text()).isEqualTo("z");
            assertThat(trial.tags()).doesNotContainKeys("color", "text");
        }
    }

    @Test
    void space_thatCannotBeSearched_isAnErrorThatSaysWhatToDo() {
        record Open(double rate) {}
        assertThatThrownBy(() -> Search.tpe(Space.of(Open.class), Best.LOWEST, SEED))
                .hasMessageStartingWith("SearchTest.java:")
                .hasMessageEndingWith("Cannot search over rate of Open: it has no values to choose from; "
                        + "add @Range to the component, or give it values in the plan");
        assertThatThrownBy(() -> Search.tpe(Space.of(Node.class), Best.LOWEST, SEED))
                .hasMessageContaining("Cannot search over next of Node: a Node contains another one");
        assertThatThrownBy(() -> Search.tpe(Space.of(Flat.class).range("z", 1, 2), Best.LOWEST, SEED))
                .hasMessageContaining("Cannot give values to z: Flat has no such component");
        assertThatThrownBy(() -> Search.tpe(Space.of(Small.class).range("number", 0.5, 2), Best.LOWEST, SEED))
                .hasMessageContaining(
                        "Cannot search over number of Small: its type is int, and its range is not of whole");
        assertThatThrownBy(() -> Space.of(Flat.class).log("x", 0, 2)).hasMessageContaining("must be greater than 0");
    }

    @Test
    void tell_twiceOrToAnotherSearch_isAnError() {
        Search<Flat> search = Search.random(Space.of(Flat.class), Best.HIGHEST, SEED);
        Trial<Flat> trial = search.ask();
        search.tell(trial, 1);
        search.tell(search.ask(), Double.NaN);
        search.tell(search.ask(), 3);

        assertThat(search.best().orElseThrow().number()).isEqualTo(2);
        assertThat(search.trials().get(1).state()).isEqualTo(Trial.State.FAILED);
        assertThatThrownBy(() -> search.tell(trial, 2)).hasMessageContaining("Cannot tell the answer to trial 0 (x=");
        assertThatThrownBy(() ->
                        Search.random(Space.of(Flat.class), Best.LOWEST, SEED).tell(trial, 2))
                .hasMessageContaining("another search was asked for it");
    }

    @Test
    void ask_manyAtOnce_areNotPlacedTogether() {
        Search<Flat> search = Search.tpe(Space.of(Flat.class), Best.LOWEST, SEED);
        minimize(search, 30, flat -> flat.x() * flat.x() + flat.y() * flat.y());
        Set<Long> places = new HashSet<>();
        for (Trial<Flat> trial : search.ask(12)) {
            places.add(Math.round(trial.value().x()));
        }

        assertThat(places).hasSizeGreaterThan(3);
    }

    @Test
    void tpe_knownFunction_isFarBetterThanChance() {
        List<Double> ratios = new ArrayList<>();
        int wins = 0;
        for (long seed = 0; seed < 20; seed++) {
            double random = minimize(begin(Search.Method.RANDOM, Branin.class, seed), 60, Branin::regret);
            double tpe = minimize(begin(Search.Method.TPE, Branin.class, seed), 60, Branin::regret);
            ratios.add(tpe / random);
            wins += tpe < random ? 1 : 0;
        }
        Collections.sort(ratios);

        assertThat(wins).isGreaterThanOrEqualTo(15);
        assertThat(ratios.get(10)).isLessThan(0.4);
    }

    private static <T extends Record> double minimize(Search<T> search, int count, ToDoubleFunction<T> function) {
        for (int i = 0; i < count; i++) {
            Trial<T> trial = search.ask();
            search.tell(trial, function.applyAsDouble(trial.value()));
        }
        return search.best().orElseThrow().answer().orElseThrow();
    }
}
