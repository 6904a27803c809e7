package dev.mcppreflight.server.store;

import java.io.IOException;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;

/** A format of vectors under its own name, with a wider limit; what it writes, the original reads. */
final class WideVectors extends KnnVectorsFormat {

    private static final int MOST_DIMENSIONS = 4096;

    private final KnnVectorsFormat original;

    WideVectors(KnnVectorsFormat original) {
        super(original.getName());
        this.original = original;
    }

    @Override
    public KnnVectorsWriter fieldsWriter(SegmentWriteState state) throws IOException {
        return original.fieldsWriter(state);
    }

    @Override
    public KnnVectorsReader fieldsReader(SegmentReadState state) throws IOException {
        return original.fieldsReader(state);
    }

    @Override
    public int getMaxDimensions(String fieldName) {
        return MOST_DIMENSIONS;
    }
}
