package org.farwatch.ingest.media.pull;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.javacpp.Pointer;

/**
 * What libavformat asks of Java: whether a context's wait is to end. One callback serves all contexts, found by their
 * address, because JavaCPP has room for ten of a kind and gives out null pointers for more: the eleventh source would
 * wait without a deadline. Safe for use by many threads.
 */
final class NativeCallbacks {
    private static final Map<Long, BooleanSupplier> OPEN = new ConcurrentHashMap<>();

    /** Held by this field for ever: what is collected would be called all the same. */
    private static final AVIOInterruptCB.Callback_Pointer INTERRUPT = new AVIOInterruptCB.Callback_Pointer() {
        @Override
        public int call(Pointer context) {
            BooleanSupplier over = context == null ? null : OPEN.get(context.address());
            return over != null && over.getAsBoolean() ? 1 : 0;
        }
    };

    private NativeCallbacks() {}

    /**
     * Asks this before and during each wait of the context.
     *
     * @return the key by which {@link #forget} lets go of it
     */
    static long watch(AVFormatContext context, BooleanSupplier over) {
        OPEN.put(context.address(), over);
        context.interrupt_callback().callback(INTERRUPT).opaque(context);
        return context.address();
    }

    static void forget(long key) {
        OPEN.remove(key);
    }

    /**
     * Takes a variable out of the environment that native code sees; that of Java stays as it is. Where there is no such
     * function, as on Windows, nothing is done.
     */
    @SuppressWarnings("restricted")
    static void unset(String variable) {
        Linker linker = Linker.nativeLinker();
        Optional<MemorySegment> unsetenv = linker.defaultLookup().find("unsetenv");
        if (unsetenv.isEmpty()) {
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            int _ = (int) linker.downcallHandle(
                            unsetenv.get(), FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS))
                    .invokeExact(arena.allocateFrom(variable));
        } catch (Throwable e) {
            throw new IllegalStateException("the environment cannot be changed", e);
        }
    }
}
