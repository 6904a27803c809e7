-- Documents, their chunks, and what the vectors belong to. Vectors get their dimension and their index with the first
-- document that has some: until then nobody knows the model.

-- Asked first: a role that may not create extensions can work where one is there.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'vector') THEN
        CREATE EXTENSION vector;
    END IF;
END
$$;

CREATE TABLE documents (
    key bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id text NOT NULL COLLATE "C" UNIQUE,
    path text NOT NULL UNIQUE,
    title text NOT NULL,
    content text NOT NULL,
    url text NOT NULL,
    language text NOT NULL,
    category text NOT NULL,
    commune text,
    date date NOT NULL,
    media_type text NOT NULL,
    tags text[] NOT NULL DEFAULT '{}',
    bytes bigint NOT NULL,
    fingerprint text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE document_chunks (
    key bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    document_key bigint NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
    chunk_index int NOT NULL,
    char_start int NOT NULL,
    content text NOT NULL,
    characters int NOT NULL,
    words tsvector NOT NULL,
    embedding vector,
    UNIQUE (document_key, chunk_index)
);

CREATE INDEX document_chunks_words ON document_chunks USING gin (words);

-- One row at most: vectors of two models never mix.
CREATE TABLE embedding_config (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    model text NOT NULL,
    dimensions int NOT NULL
);

CREATE FUNCTION match_document_chunks(
    query_embedding vector, match_threshold float DEFAULT 0.3, match_count int DEFAULT 10)
RETURNS TABLE (
    chunk_id bigint, document_id bigint, file_name text, file_path text, chunk_index int, chunk_content text,
    similarity float, chunk_metadata jsonb, document_metadata jsonb)
LANGUAGE sql STABLE AS $$
    SELECT c.key, d.key, regexp_replace(d.path, '^.*/', ''), d.path, c.chunk_index, c.content, n.similarity,
           jsonb_build_object('char_start', c.char_start),
           jsonb_build_object('id', d.id, 'title', d.title, 'url', d.url, 'language', d.language, 'tags', d.tags)
    FROM (SELECT x.key, 1 - (x.embedding <=> query_embedding) AS similarity
          FROM document_chunks x
          WHERE x.embedding IS NOT NULL AND vector_norm(query_embedding) > 0
          ORDER BY x.embedding <=> query_embedding
          LIMIT greatest(0, coalesce(match_count, 10))) n
    JOIN document_chunks c ON c.key = n.key
    JOIN documents d ON d.key = c.document_key
    WHERE n.similarity > coalesce(match_threshold, 0.3)
    ORDER BY n.similarity DESC, c.key
$$;

CREATE FUNCTION match_documents(
    query_embedding vector, match_threshold float DEFAULT 0.3, match_count int DEFAULT 10)
RETURNS TABLE (id bigint, content text, metadata jsonb, similarity float, created_at timestamptz)
LANGUAGE sql STABLE AS $$
    SELECT m.chunk_id, m.chunk_content, m.document_metadata, m.similarity, d.created_at
    FROM match_document_chunks(query_embedding, match_threshold, match_count) m
    JOIN documents d ON d.key = m.document_id
    ORDER BY m.similarity DESC, m.chunk_id
$$;

-- Each figure from a sub-select of its own: a join would count a document once for each of its chunks.
CREATE FUNCTION get_database_stats()
RETURNS TABLE (
    total_documents bigint, total_chunks bigint, avg_chunks_per_document numeric, total_size_mb numeric,
    avg_chunk_size numeric)
LANGUAGE sql STABLE AS $$
    SELECT d.n, c.n, round(c.n::numeric / greatest(d.n, 1), 2), round(d.bytes / 1000000.0, 2),
           round(coalesce(c.size, 0))
    FROM (SELECT count(*) AS n, coalesce(sum(bytes), 0) AS bytes FROM documents) d,
         (SELECT count(*) AS n, avg(characters) AS size FROM document_chunks) c
$$;

CREATE FUNCTION get_full_document(doc_id bigint)
RETURNS TABLE (
    id bigint, file_name text, file_path text, full_content text, metadata jsonb, created_at timestamptz)
LANGUAGE sql STABLE AS $$
    SELECT d.key, regexp_replace(d.path, '^.*/', ''), d.path, d.content,
           jsonb_build_object('id', d.id, 'title', d.title, 'url', d.url, 'language', d.language, 'tags', d.tags),
           d.created_at
    FROM documents d WHERE d.key = doc_id
$$;

CREATE FUNCTION delete_document_by_path(doc_path text)
RETURNS TABLE (deleted_document_id bigint, deleted_chunks_count bigint)
LANGUAGE plpgsql AS $$
DECLARE
    found_key bigint;
    found_chunks bigint;
BEGIN
    SELECT d.key INTO found_key FROM documents d WHERE d.path = doc_path FOR UPDATE;
    SELECT count(*) INTO found_chunks FROM document_chunks c WHERE c.document_key = found_key;
    DELETE FROM documents d WHERE d.key = found_key;
    RETURN QUERY SELECT found_key, found_chunks;
END
$$;
