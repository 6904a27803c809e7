-- Functions for clients that speak to the database itself. Those that a database has already stay as they are.
-- Where pgvector can, its index looks on until there are enough rows: without, it gives up at 40.
DO $functions$
DECLARE
    functions text[] := ARRAY[
$sql$
CREATE FUNCTION match_document_chunks(
    query_embedding vector, match_threshold float DEFAULT 0.7, match_count int DEFAULT 10)
RETURNS TABLE (
    chunk_id bigint, document_id bigint, file_name text, file_path text, chunk_index int, chunk_content text,
    full_document_content text, similarity float, chunk_metadata jsonb, document_metadata jsonb)
LANGUAGE sql STABLE /* scan */ AS $body$
    SELECT c.id, d.id, d.file_name, d.file_path, c.chunk_index, c.chunk_content, d.full_content, n.similarity,
           coalesce(c.chunk_metadata, '{}'), d.metadata
    FROM (SELECT x.id, 1 - (x.embedding <=> query_embedding) AS similarity
          FROM document_chunks x
          WHERE x.embedding IS NOT NULL AND vector_norm(query_embedding) > 0
          ORDER BY x.embedding <=> query_embedding
          LIMIT greatest(0, coalesce(match_count, 10))) n
    JOIN document_chunks c ON c.id = n.id
    JOIN documents_full d ON d.id = c.document_id
    WHERE n.similarity > coalesce(match_threshold, 0.7)
    ORDER BY n.similarity DESC, c.id
$body$
$sql$, $sql$
CREATE FUNCTION match_documents(
    query_embedding vector, match_threshold float DEFAULT 0.7, match_count int DEFAULT 10)
RETURNS TABLE (id bigint, content text, metadata jsonb, similarity float, created_at timestamptz)
LANGUAGE sql STABLE /* scan */ AS $body$
    SELECT c.id, c.chunk_content, d.metadata, n.similarity, d.created_at
    FROM (SELECT x.id, 1 - (x.embedding <=> query_embedding) AS similarity
          FROM document_chunks x
          WHERE x.embedding IS NOT NULL AND vector_norm(query_embedding) > 0
          ORDER BY x.embedding <=> query_embedding
          LIMIT greatest(0, coalesce(match_count, 10))) n
    JOIN document_chunks c ON c.id = n.id
    JOIN documents_full d ON d.id = c.document_id
    WHERE n.similarity > coalesce(match_threshold, 0.7)
    ORDER BY n.similarity DESC, c.id
$body$
$sql$, $sql$
-- Each figure from a sub-select of its own: a join would count a document once for each of its chunks.
CREATE FUNCTION get_database_stats()
RETURNS TABLE (
    total_documents bigint, total_chunks bigint, avg_chunks_per_document numeric, total_size_mb numeric,
    avg_chunk_size numeric)
LANGUAGE sql STABLE AS $body$
    SELECT d.n, c.n, round(c.n::numeric / greatest(d.n, 1), 2), round(d.bytes / 1000000.0, 2),
           round(coalesce(c.size, 0))
    FROM (SELECT count(*) AS n, coalesce(sum(file_size_bytes), 0) AS bytes FROM documents_full) d,
         (SELECT count(*) AS n, avg(coalesce(chunk_size, length(chunk_content))) AS size FROM document_chunks) c
$body$
$sql$, $sql$
CREATE FUNCTION get_full_document(doc_id bigint)
RETURNS TABLE (
    id bigint, file_name text, file_path text, full_content text, metadata jsonb, created_at timestamptz)
LANGUAGE sql STABLE AS $body$
    SELECT d.id, d.file_name, d.file_path, d.full_content, d.metadata, d.created_at
    FROM documents_full d WHERE d.id = doc_id
$body$
$sql$, $sql$
CREATE FUNCTION delete_document_by_path(doc_path text)
RETURNS TABLE (deleted_document_id bigint, deleted_chunks_count bigint)
LANGUAGE plpgsql AS $body$
DECLARE
    found_id bigint;
    found_chunks bigint;
BEGIN
    SELECT d.id INTO found_id FROM documents_full d WHERE d.file_path = doc_path FOR UPDATE;
    SELECT count(*) INTO found_chunks FROM document_chunks c WHERE c.document_id = found_id;
    DELETE FROM documents_full d WHERE d.id = found_id;
    RETURN QUERY SELECT found_id, found_chunks;
END
$body$
$sql$];
    function text;
    scan text := '';
BEGIN
    -- Loads the library, which declares its settings.
    PERFORM '[1]'::vector;
    IF EXISTS (SELECT FROM pg_settings WHERE name = 'hnsw.iterative_scan') THEN
        scan := 'SET hnsw.iterative_scan = strict_order';
    END IF;
    FOREACH function IN ARRAY functions LOOP
        IF NOT EXISTS (SELECT FROM pg_proc WHERE pronamespace = current_schema()::regnamespace
                AND proname = substring(function FROM 'CREATE FUNCTION ([a-z_]+)')) THEN
            EXECUTE replace(function, '/* scan */', scan);
        END IF;
    END LOOP;
END
$functions$;
