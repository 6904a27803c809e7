package dev.mcppreflight.server.store;

import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene912.Lucene912Codec;

/** The usual format, without its limit of 1024 dimensions: common models have up to 3072. */
final class AnyDimension extends Lucene912Codec {

    @Override
    public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
        KnnVectorsFormat usual = super.getKnnVectorsFormatForField(field);
        return new WideVectors(usual);
    }
}
