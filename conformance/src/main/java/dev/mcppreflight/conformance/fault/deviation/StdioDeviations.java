package dev.mcppreflight.conformance.fault.deviation;

import static dev.mcppreflight.conformance.fault.deviation.Deviations.entry;
import static dev.mcppreflight.conformance.fault.deviation.Deviations.plain;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.fault.http.Mishap;
import dev.mcppreflight.conformance.fault.mcp.RpcError;
import dev.mcppreflight.conformance.fault.transport.Lines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** What goes wrong on standard input and output. */
final class StdioDeviations {

    static final Map<String, Function<Json, Deviation>> ALL = Map.ofEntries(
            entry("banner", parameter -> banner(Parameter.text(parameter))),
            entry("noise", parameter -> noise(Parameter.text(parameter))),
            entry("dies-at-start", parameter -> diesAtStart(Parameter.text(parameter))),
            entry("configuration", StdioDeviations::configuration),
            entry("noisy-errors", parameter -> noisyErrors(Parameter.number(parameter))),
            entry("slow-start", StdioDeviations::slowStart),
            plain("dies-of-garbage", StdioDeviations::diesOfGarbage),
            plain("dies-of-blank-line", StdioDeviations::diesOfBlankLine),
            plain("indented-lines", StdioDeviations::indented),
            plain("content-length-framing", StdioDeviations::contentLength),
            plain("byte-order-mark-at-start", () -> banner("\uFEFF")),
            plain("buffered-output", () -> Deviation.ofLines(Buffered::new)),
            entry("outlives-input", parameter -> outlivesInput(Parameter.number(parameter))));

    private StdioDeviations() {}

    /** Says something before it is spoken to. */
    private static Deviation banner(String text) {
        return Deviation.ofLines(healthy -> new Lines(healthy) {
            @Override
            public void begin() throws IOException {
                write(text);
            }
        });
    }

    /** A tool that prints. */
    private static Deviation noise(String text) {
        return Deviation.ofLines(healthy -> new Lines(healthy) {
            @Override
            public void send(Json message) throws IOException {
                if (message.get("result").get("content").isPresent()) {
                    write(text);
                }
                super.send(message);
            }
        });
    }

    private static Deviation diesOfGarbage() {
        return Deviation.ofLines(healthy -> new Lines(healthy) {
            @Override
            public void send(Json message) throws IOException {
                if (message.get("error").get("code").number(0) == RpcError.PARSE_ERROR) {
                    throw Mishap.death();
                }
                super.send(message);
            }
        });
    }

    private static Deviation diesOfBlankLine() {
        return Deviation.ofLines(healthy -> new Lines(healthy) {
            @Override
            public void blank() {
                throw Mishap.death();
            }
        });
    }

    private static Deviation diesAtStart(String lastWords) {
        return Deviation.ofLines(healthy -> new Lines(healthy) {
            @Override
            public void begin() {
                err().print(lastWords);
                err().flush();
                throw Mishap.death();
            }
        });
    }

    /** The fault is in the file from which a desktop host learns of the server: its {@code file} name and {@code text}. */
    private static Deviation configuration(Json parameter) {
        Parameter.only(parameter, Set.of("file", "text"));
        Parameter.text(parameter.get("text"));
        return Deviation.NONE;
    }

    /** Logs so many characters at its start. */
    private static Deviation noisyErrors(int length) {
        return Deviation.ofLines(healthy -> new Lines(healthy) {
            @Override
            public void begin() {
                err().println("debug: loaded one more module\n".repeat(length / 30));
                err().flush();
            }
        });
    }

    /** Downloads first, and says so on standard error. */
    private static Deviation slowStart(Json parameter) {
        Parameter.only(parameter, Set.of("millis", "says"));
        int millis = Parameter.number(parameter.get("millis"));
        return Deviation.ofLines(healthy -> new Lines(healthy) {
            @Override
            public void begin() {
                err().println(parameter.get("says").text());
                err().flush();
                try {
                    Thread.sleep(millis);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        });
    }

    private static Deviation indented() {
        return Deviation.ofLines(healthy -> new Lines(healthy) {
            @Override
            public void send(Json message) throws IOException {
                write(message.pretty() + "\n");
            }
        });
    }

    /** The framing of the Language Server Protocol. */
    private static Deviation contentLength() {
        return Deviation.ofLines(healthy -> new Lines(healthy) {
            @Override
            public void send(Json message) throws IOException {
                String text = message.toString();
                write("Content-Length: " + text.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + text);
            }
        });
    }

    /** Output that is written when a buffer is full or the program ends, as it is by default where it is a pipe. */
    private static final class Buffered extends Lines {
        private final StringBuilder buffer = new StringBuilder();

        private Buffered(Lines healthy) {
            super(healthy);
        }

        @Override
        public void send(Json message) {
            buffer.append(message).append('\n');
        }

        @Override
        public void end() throws IOException {
            write(buffer.toString());
        }
    }

    private static Deviation outlivesInput(int seconds) {
        return Deviation.ofLines(healthy -> new Lines(healthy) {
            @Override
            public void end() {
                try {
                    Thread.sleep(seconds * 1000L);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        });
    }
}
