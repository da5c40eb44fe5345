package org.experimaestro.tui.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.experimaestro.tui.keys.Intent;
import org.experimaestro.tui.keys.KeyTable;
import org.experimaestro.tui.screen.KeyPress;
import org.experimaestro.tui.wire.WireNoted;
import org.experimaestro.tui.wire.WireRows;

/** The changes of the model by messages. It reads no clock, file or terminal: effects do. */
public final class Update {
    private Update() {}

    /**
     * Changes the model.
     *
     * @param model the model
     * @param message what has happened
     * @return the work that follows
     */
    public static List<Effect> of(Model model, Message message) {
        List<Effect> effects = new ArrayList<>(apply(model, message));
        if (model.place() instanceof JobPlace job) {
            job.reading().ifPresent(effects::add);
        }
        if (model.place() instanceof BesidePlace beside) {
            beside.reading(model.answers(), message instanceof Message.Beat).ifPresent(effects::add);
        }
        return effects;
    }

    private static List<Effect> apply(Model model, Message message) {
        return switch (message) {
            case Message.Pressed pressed -> press(model, pressed.key());
            case Message.Clicked clicked -> click(model, clicked.row());
            case Message.Resized resized -> {
                model.resize(resized.size());
                yield List.of();
            }
            case Message.Answered answered -> {
                model.answers().put(answered.question(), answered.answer());
                if (answered.answer() instanceof WireNoted noted) {
                    ActionSteps.ended(model, noted);
                }
                model.place().answered(model.answers());
                yield List.of();
            }
            case Message.Refused refused -> {
                model.answers().refuse(refused.question(), refused.problem());
                yield List.of();
            }
            case Message.Beat beat -> {
                model.beat(beat.read(), beat.now());
                yield model.place() instanceof JobPlace job
                        ? job.growing().stream().toList()
                        : List.of();
            }
            case Message.Lost lost -> {
                model.lose(lost.problem().text());
                yield List.of();
            }
            case Message.Failed failed -> {
                model.notice(failed.problem().text(), true);
                yield List.of();
            }
            case Message.JobsFound found -> {
                goToJob(model, found.word(), found.rows());
                yield List.of();
            }
            case Message.LogRead read ->
                ofLog(
                        model,
                        read.effect(),
                        job -> job.read(
                                read.effect().generation(), read.effect().part(), read.part()));
            case Message.LogRefused refused -> {
                model.notice(refused.problem().text(), true);
                yield ofLog(
                        model,
                        refused.effect(),
                        job -> job.notRead(refused.effect().generation()));
            }
            case Message.TailRead read -> {
                if (model.place() instanceof BesidePlace beside) {
                    beside.read(read.effect().question().path(), read.tail());
                }
                yield List.of();
            }
            case Message.TailRefused refused -> {
                if (model.place() instanceof BesidePlace beside) {
                    beside.notRead(
                            refused.effect().question().path(),
                            refused.problem().text());
                }
                yield List.of();
            }
            case Message.AddressFound found -> {
                addressFound(model, found.effect(), found.address().address());
                yield List.of();
            }
            case Message.LogFound found -> {
                if (model.place() instanceof JobPlace job
                        && job.name().equals(found.effect().job())) {
                    job.found(found.effect().text(), found.found());
                }
                yield List.of();
            }
            case Message.Planned planned -> {
                ActionSteps.planned(model, planned);
                yield List.of();
            }
            case Message.Performed performed -> {
                ActionSteps.performed(model, performed);
                yield List.of();
            }
        };
    }

    private static void addressFound(Model model, Effect.FindAddress asked, String address) {
        if (!BesidePlace.isOfThisMachine(address)) {
            model.notice(asked.service() + " has no address of this machine, found " + address, true);
            return;
        }
        boolean isShown = model.place() instanceof BesidePlace beside && beside.found(asked, address);
        model.notice(address + (isShown ? "  y copies it." : "  It is that of " + asked.service() + "."), false);
    }

    private static List<Effect> ofLog(Model model, Effect.ReadLog effect, Consumer<JobPlace> change) {
        if (model.place() instanceof JobPlace job && job.name().equals(effect.job())) {
            change.accept(job);
        }
        return List.of();
    }

    private static void goToJob(Model model, String word, WireRows found) {
        if (found.rows().isEmpty()) {
            model.notice("No screen, experiment or job is named \"" + word + "\"", true);
        } else if (found.size() > 1) {
            model.go(new JobsPlace(JobsSelection.of(Optional.empty(), "\"" + word + "\"")));
        } else {
            model.go(new JobPlace(found.rows().getFirst().job()));
        }
    }

    /** Gives a key to the top layer: a dialog, a text field, or the screen. */
    private static List<Effect> press(Model model, KeyPress key) {
        Optional<Overlay> overlay = model.overlay();
        if (overlay.isPresent()) {
            return switch (overlay.get()) {
                case Overlay.Confirmation dialog -> ActionSteps.press(model, dialog, key);
                case Overlay.Prompt prompt -> PromptKeys.press(model, prompt, key);
                case ActionForm form -> ActionForm.press(model, form, key);
                case Overlay.Help help -> {
                    pressHelp(model, help, key);
                    yield List.of();
                }
            };
        }
        if (key.name().equals(KeyPress.PASTE)) {
            return List.of();
        }
        String begun = model.begun();
        model.begin("");
        if (begun.isEmpty() && KeyTable.isBeginning(key)) {
            model.begin(key.name());
            return List.of();
        }
        Optional<Intent> intent = KeyTable.find(model.place().scope(), begun, key);
        if (intent.isPresent()) {
            model.clearNotice();
            return ScreenKeys.press(model, intent.get());
        }
        return List.of();
    }

    /** Moves the cursor to a line, or opens what it stands on. A click never answers a question, because hands slip. */
    private static List<Effect> click(Model model, int row) {
        Optional<Integer> way = model.wayTo(row);
        if (model.overlay().isPresent() || way.isEmpty()) {
            return List.of();
        }
        model.begin("");
        model.clearNotice();
        if (way.get() == 0 && !(model.place() instanceof BesidePlace)) {
            return ScreenKeys.press(model, Intent.OPEN);
        }
        model.place().move(model.answers(), way.get());
        return List.of();
    }

    private static void pressHelp(Model model, Overlay.Help help, KeyPress key) {
        Optional<Intent> intent = KeyTable.find(model.place().scope(), "", key);
        int delta = intent.map(meant -> switch (meant) {
                    case DOWN -> 1;
                    case UP -> -1;
                    case PAGE_DOWN -> model.size().rows();
                    case PAGE_UP -> -model.size().rows();
                    default -> 0;
                })
                .orElse(0);
        model.show(delta == 0 ? null : new Overlay.Help(Math.max(0, help.top() + delta)));
    }

    /** Returns the members of a question with one more. */
    static Map<String, Object> with(Map<String, Object> members, String name, Object value) {
        Map<String, Object> all = new LinkedHashMap<>(members);
        all.put(name, value);
        return all;
    }
}
