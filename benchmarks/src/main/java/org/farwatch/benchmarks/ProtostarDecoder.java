package org.farwatch.benchmarks;

import io.github.yezhihao.protostar.PrepareLoadStrategy;
import io.github.yezhihao.protostar.SchemaManager;
import io.github.yezhihao.protostar.annotation.Field;
import io.github.yezhihao.protostar.schema.MapSchema;
import io.github.yezhihao.protostar.schema.NumberSchema;
import io.github.yezhihao.protostar.schema.RuntimeSchema;
import io.github.yezhihao.protostar.util.ArrayMap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The reference: location messages by protostar, the library of the JT/T 808 server in widest use, with as little around
 * it as can be: a frame without escapes is read where it lies, one with escapes is copied once.
 */
public final class ProtostarDecoder {
    private static final byte DELIMITER = 0x7E;
    private static final byte ESCAPE = 0x7D;
    private static final int WITH_VERSION = 1 << 14;
    private static final int PROPERTIES_AT = 2;
    private static final int VERSION_AT = 4;
    private static final int HEADER_2013 = 12;
    private static final int HEADER_2019 = 17;

    // Raw as the library gives them.
    @SuppressWarnings("rawtypes")
    private final ArrayMap<RuntimeSchema> headers = new SchemaManager().getRuntimeSchema(Header.class);

    @SuppressWarnings("rawtypes")
    private final ArrayMap<RuntimeSchema> bodies = new SchemaManager().getRuntimeSchema(Location.class);

    /** As the wire has it. */
    static final class Header {
        @Field(length = 2)
        int messageId;

        @Field(length = 2)
        int properties;

        @Field(length = 1, version = 1)
        int protocolVersion;

        @Field(
                length = 6,
                charset = "BCD",
                version = {-1, 0})
        @Field(length = 10, charset = "BCD", version = 1)
        String phone;

        @Field(length = 2)
        int serial;
    }

    /** As the wire has it: 1e-6 degrees, 0.1 km/h, time in GMT+8. */
    public static final class Location {
        Header header;

        @Field(length = 4)
        int alarms;

        @Field(length = 4)
        int status;

        @Field(length = 4)
        int latitude;

        @Field(length = 4)
        int longitude;

        @Field(length = 2)
        int altitude;

        @Field(length = 2)
        int speed;

        @Field(length = 2)
        int heading;

        @Field(length = 6, charset = "BCD")
        LocalDateTime time;

        @Field(converter = ItemSchema.class)
        Map<Integer, Object> items;
    }

    /** The items of {@link Frames}; of others protostar makes an array of bytes. */
    public static final class ItemSchema extends MapSchema<Number, Object> {
        public ItemSchema() {
            super(NumberSchema.BYTE_INT, 1);
        }

        @Override
        protected void addSchemas(PrepareLoadStrategy<Number> items) {
            for (Frames.Item item : Frames.Item.values()) {
                switch (item.length()) {
                    case 1 -> items.addSchema(item.id(), NumberSchema.BYTE_INT);
                    case 2 -> items.addSchema(item.id(), NumberSchema.WORD_INT);
                    default -> items.addSchema(item.id(), NumberSchema.DWORD_LONG);
                }
            }
        }
    }

    /** @throws IllegalArgumentException at a wrong checksum */
    List<Location> decode(byte[] stream) {
        List<Location> locations = new ArrayList<>();
        ByteBuf wire = Unpooled.wrappedBuffer(stream);
        int from = 1;
        while (from < stream.length) {
            int to = wire.indexOf(from, stream.length, DELIMITER);
            locations.add(message(unescape(wire, from, to)));
            from = to + 2;
        }
        return locations;
    }

    private static ByteBuf unescape(ByteBuf wire, int from, int to) {
        int escape = wire.indexOf(from, to, ESCAPE);
        if (escape < 0) {
            return wire.slice(from, to - from);
        }
        ByteBuf plain = Unpooled.buffer(to - from);
        int at = from;
        while (escape >= 0) {
            plain.writeBytes(wire, at, escape - at);
            plain.writeByte(wire.getByte(escape + 1) == 1 ? ESCAPE : DELIMITER);
            at = escape + 2;
            escape = wire.indexOf(at, to, ESCAPE);
        }
        return plain.writeBytes(wire, at, to - at);
    }

    private Location message(ByteBuf plain) {
        int end = plain.writerIndex() - 1;
        byte sum = 0;
        for (int at = 0; at <= end; at++) {
            sum ^= plain.getByte(at);
        }
        if (sum != 0) {
            throw new IllegalArgumentException("checksum");
        }
        boolean with = (plain.getUnsignedShort(PROPERTIES_AT) & WITH_VERSION) != 0;
        int version = with ? plain.getUnsignedByte(VERSION_AT) : 0;
        plain.writerIndex(with ? HEADER_2019 : HEADER_2013);
        Header header = merge(headers.getOrDefault(version), plain, new Header());
        plain.writerIndex(end);
        Location location = merge(bodies.getOrDefault(version), plain, new Location());
        location.header = header;
        return location;
    }

    @SuppressWarnings("unchecked")
    private static <T> T merge(RuntimeSchema<?> schema, ByteBuf from, T into) {
        return ((RuntimeSchema<T>) schema).mergeFrom(from, into);
    }
}
