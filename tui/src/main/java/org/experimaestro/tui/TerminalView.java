package org.experimaestro.tui;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.experimaestro.tui.client.WorkspaceClient;
import org.experimaestro.tui.draw.DrawContext;
import org.experimaestro.tui.draw.ViewDraw;
import org.experimaestro.tui.effect.EffectRunner;
import org.experimaestro.tui.model.Effect;
import org.experimaestro.tui.model.Message;
import org.experimaestro.tui.model.Model;
import org.experimaestro.tui.model.Overlay;
import org.experimaestro.tui.model.RunPlace;
import org.experimaestro.tui.model.RunsPlace;
import org.experimaestro.tui.model.Update;
import org.experimaestro.tui.screen.Canvas;
import org.experimaestro.tui.screen.Glyphs;
import org.experimaestro.tui.screen.Input;
import org.experimaestro.tui.screen.KeyPress;
import org.experimaestro.tui.screen.MouseClick;
import org.experimaestro.tui.screen.ScreenSize;
import org.experimaestro.tui.screen.ScreenWriter;
import org.experimaestro.tui.screen.TerminalDevice;
import org.jspecify.annotations.Nullable;

/**
 * The view of a workspace in a terminal, until it is left or closed. One thread has the model: it takes messages, and
 * draws at once after a key, else four times a second at most, and never when nothing has changed.
 */
public final class TerminalView implements AutoCloseable {
    private static final Duration DRAW_PERIOD = Duration.ofMillis(250);
    private static final Duration RETRY_PERIOD = Duration.ofMillis(500);
    private static final int PLAIN_COLUMNS = 100;

    private final TerminalDevice device;
    private final ViewOptions options;
    private final DrawContext context;
    private final Glyphs glyphs;
    private final ScreenWriter writer;
    private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
    private final EffectRunner effects;
    private final LiveQuestions questions;
    private final Model model;
    private String windowTitle = "";
    private volatile boolean isClosed;

    private TerminalView(TerminalDevice device, WorkspaceClient client, ViewOptions options) {
        this.device = device;
        this.options = options;
        this.context = new DrawContext(options.zone(), options.isColoured());
        this.glyphs = Glyphs.of(options.charset());
        this.writer = new ScreenWriter(glyphs, options.isColoured());
        this.effects = new EffectRunner(client, messages::add);
        this.questions = new LiveQuestions(client, options.clock(), messages::add);
        this.model = model(options, device.size());
    }

    /**
     * Opens the terminal of this process.
     *
     * @param client the workspace
     * @param options the choices
     * @return the view, to be shown and closed; empty if there is no terminal that can move its cursor
     * @throws IOException if the terminal's modes cannot be changed
     */
    public static Optional<TerminalView> open(WorkspaceClient client, ViewOptions options) throws IOException {
        return TerminalDevice.open(options.charset()).map(device -> new TerminalView(device, client, options));
    }

    /** Returns the state at the begin. */
    static Model model(ViewOptions options, ScreenSize size) {
        return new Model(
                size,
                options.clock().instant(),
                options.run().isPresent() ? new RunPlace(options.run().get()) : new RunsPlace(Optional.empty()),
                options.sshHost(),
                options.isPartOfRun());
    }

    /**
     * Shows the view until it is left, or closed by another thread.
     *
     * @return the sentence that stays on the user's screen
     * @throws IOException if the terminal has gone
     */
    public String show() throws IOException {
        device.onResize(() -> messages.add(new Message.Resized(device.size())));
        if (!options.isPartOfRun()) {
            device.onInterrupt(this::end);
        }
        Thread.ofPlatform().daemon().name("terminal-keys").start(this::readKeys);
        try {
            loop();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } finally {
            questions.close();
            device.close();
        }
        return model.summary();
    }

    private void readKeys() {
        Optional<Input> input = device.readInput();
        while (input.isPresent() && !isClosed) {
            switch (input.get()) {
                case KeyPress key -> messages.add(new Message.Pressed(key));
                case MouseClick click -> messages.add(new Message.Clicked(click.row()));
            }
            input = device.readInput();
        }
        end();
    }

    /** Ends the view from another thread. */
    private void end() {
        isClosed = true;
        messages.add(new Message.Resized(model.size())); // wakes the loop
    }

    private void loop() throws IOException, InterruptedException {
        boolean isChanged = true;
        long drawn = System.nanoTime() - DRAW_PERIOD.toNanos();
        while (!model.isOver() && !isClosed) {
            questions.ask(model.questions());
            long wait = drawn + DRAW_PERIOD.toNanos() - System.nanoTime();
            if (isChanged && wait <= 0) {
                draw();
                drawn = System.nanoTime();
                isChanged = false;
            }
            Message message = next(isChanged, wait);
            if (message != null) {
                boolean isNow = take(message);
                isChanged = true;
                // After a key, the screen is right before the next message is taken.
                drawn = isNow ? System.nanoTime() - DRAW_PERIOD.toNanos() : drawn;
            }
        }
    }

    private @Nullable Message next(boolean isChanged, long wait) throws InterruptedException {
        if (isChanged) {
            return messages.poll(Math.max(0, wait), TimeUnit.NANOSECONDS);
        }
        return questions.isLost() ? messages.poll(RETRY_PERIOD.toMillis(), TimeUnit.MILLISECONDS) : messages.take();
    }

    /** Takes a message. Returns whether the screen must be drawn at once. */
    private boolean take(Message message) throws IOException, InterruptedException {
        if (message instanceof Message.Lost) {
            questions.lost();
        }
        boolean wasDialog = isDialog();
        for (Effect effect : Update.of(model, message)) {
            perform(effect);
        }
        if (!wasDialog && isDialog()) {
            draw();
            // These keys were pressed before the question could be read.
            messages.removeIf(waiting -> waiting instanceof Message.Pressed || waiting instanceof Message.Clicked);
        }
        return message instanceof Message.Pressed
                || message instanceof Message.Clicked
                || message instanceof Message.Resized;
    }

    private boolean isDialog() {
        return model.overlay().filter(Overlay.Confirmation.class::isInstance).isPresent();
    }

    private void perform(Effect effect) throws IOException, InterruptedException {
        switch (effect) {
            case Effect.CopyText copy -> device.copy(copy.text());
            case Effect.PrintPlain _ -> printPlain();
            case Effect.RedrawAll _ -> writer.forget();
            case Effect.UseMouse mouse -> device.mouse(mouse.isWanted());
            case Effect.SuspendView _ -> {
                device.suspend();
                writer.forget();
            }
            default -> effects.begin(effect);
        }
    }

    private void draw() throws IOException {
        Canvas canvas = ViewDraw.of(model, context);
        String output = writer.write(canvas);
        if (!output.isEmpty()) {
            device.write(output);
        }
        model.drawn(canvas.ways());
        String title = ViewDraw.windowTitle(model);
        if (!title.equals(windowTitle)) {
            device.title(title);
            windowTitle = title;
        }
    }

    /** Prints the screen as a pipe would get it, where it stays; Enter shows the view again. */
    private void printPlain() throws IOException, InterruptedException {
        List<String> lines = ViewDraw.plain(
                model, context, Math.max(PLAIN_COLUMNS, model.size().columns()), glyphs);
        device.leave();
        device.write(String.join("\n", lines) + "\n\nEnter goes back to the view.\n");
        Message message = messages.take();
        while (!(message instanceof Message.Pressed) && !isClosed) {
            take(message);
            message = messages.take();
        }
        device.enter();
        writer.forget();
    }

    /** Gives the terminal back at once, at the end of the process. */
    public void giveBack() {
        device.leave();
    }

    /** Ends the view, as {@code q} does. The terminal is as it was when {@link #show} returns. */
    @Override
    public void close() {
        end();
    }
}
