-- Documents and their chunks. The tables have the names and columns of those that document servers on pgvector commonly
-- use, so that a database which has them already can be served as it is: what is missing is added, and nothing that is
-- there is changed. Rows that others write lack our columns; the view below says what holds then.

-- What is there already is no news.
SET LOCAL client_min_messages = warning;

-- Asked first: a role that may not create extensions can work where one is there.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'vector') THEN
        CREATE EXTENSION vector;
    END IF;
END
$$;

CREATE TABLE IF NOT EXISTS documents_full (
    id bigserial PRIMARY KEY,
    file_name text NOT NULL,
    file_path text NOT NULL UNIQUE,
    file_type text,
    full_content text NOT NULL,
    file_size_bytes bigint DEFAULT 0,
    page_count int DEFAULT 0,
    word_count int DEFAULT 0,
    char_count int DEFAULT 0,
    metadata jsonb NOT NULL DEFAULT '{}',
    processing_method text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);

ALTER TABLE documents_full
    ADD COLUMN IF NOT EXISTS external_id text COLLATE "C",
    ADD COLUMN IF NOT EXISTS title text,
    ADD COLUMN IF NOT EXISTS source_url text,
    ADD COLUMN IF NOT EXISTS language text,
    ADD COLUMN IF NOT EXISTS category text,
    ADD COLUMN IF NOT EXISTS commune text,
    ADD COLUMN IF NOT EXISTS document_date date,
    ADD COLUMN IF NOT EXISTS media_type text,
    ADD COLUMN IF NOT EXISTS tags text[],
    ADD COLUMN IF NOT EXISTS fingerprint text;

CREATE TABLE IF NOT EXISTS document_chunks (
    id bigserial PRIMARY KEY,
    document_id bigint NOT NULL REFERENCES documents_full (id) ON DELETE CASCADE,
    chunk_index int NOT NULL,
    chunk_content text NOT NULL,
    chunk_size int,
    -- It gets its dimension and its index with the first vector: until then nobody knows the model.
    embedding vector,
    chunk_metadata jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (document_id, chunk_index)
);

ALTER TABLE document_chunks
    ADD COLUMN IF NOT EXISTS char_start int,
    ADD COLUMN IF NOT EXISTS words tsvector;

CREATE UNIQUE INDEX documents_full_served_id ON documents_full ((coalesce(external_id, id::text COLLATE "C")));
CREATE INDEX document_chunks_words ON document_chunks USING gin (words);
-- Chunks that others wrote; empty in a database of our own.
CREATE INDEX document_chunks_without_words ON document_chunks (id) WHERE words IS NULL;

CREATE VIEW served_documents AS
SELECT d.id AS key,
       coalesce(d.external_id, d.id::text COLLATE "C") AS id,
       d.file_path::text AS path,
       coalesce(d.title, d.file_name)::text AS title,
       d.full_content::text AS content,
       coalesce(d.source_url, 'documents://' || d.id)::text AS url,
       coalesce(d.language, 'und')::text AS language,
       coalesce(d.category, 'document')::text AS category,
       d.commune::text AS commune,
       coalesce(d.document_date, d.created_at AT TIME ZONE 'UTC')::date AS date,
       coalesce(d.media_type, CASE lower(ltrim(coalesce(d.file_type, ''), '.'))
           WHEN 'pdf' THEN 'application/pdf'
           WHEN 'md' THEN 'text/markdown'
           WHEN 'csv' THEN 'text/csv'
           ELSE 'text/plain' END) AS media_type,
       coalesce(d.tags, '{}') AS tags,
       coalesce(d.fingerprint, '') AS fingerprint,
       coalesce(nullif(d.file_size_bytes, 0), octet_length(d.full_content)) AS bytes
FROM documents_full d;

-- One row at most: vectors of two models never mix.
CREATE TABLE embedding_config (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    model text NOT NULL,
    dimensions int NOT NULL
);

-- Vectors that are there already are those of the one model that such databases are filled with; where that is not so,
-- the row is to be corrected. Without an index every search would look at every vector.
DO $$
DECLARE
    size int := (SELECT atttypmod FROM pg_attribute
                 WHERE attrelid = (quote_ident(current_schema()) || '.document_chunks')::regclass
                   AND attname = 'embedding');
BEGIN
    IF size > 0 THEN
        INSERT INTO embedding_config (model, dimensions) VALUES ('text-embedding-3-small', size);
        IF size <= 2000 AND NOT EXISTS (SELECT FROM pg_indexes WHERE schemaname = current_schema()
                AND tablename = 'document_chunks' AND indexdef LIKE '%USING hnsw (embedding vector_cosine_ops)%') THEN
            CREATE INDEX document_chunks_embedding ON document_chunks USING hnsw (embedding vector_cosine_ops);
        END IF;
    END IF;
END
$$;
