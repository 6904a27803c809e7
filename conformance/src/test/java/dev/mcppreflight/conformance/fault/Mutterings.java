package dev.mcppreflight.conformance.fault;

import java.util.List;
import java.util.Map;

/** What programs say on their standard streams beside messages: that of our faults, and the like from elsewhere. */
record Mutterings(int choice) {

    private static final Map<String, List<String>> OTHERS = Map.of(
            "Starting server v1.0.0 ...\n",
            List.of(
                    "Kitchen MCP Server running on stdio\n",
                    "[INFO] 2 tools registered\n",
                    "[2026-01-02 10:00:00,123] INFO kitchen: ready\n",
                    "{\"level\":30,\"time\":1767225600000,\"pid\":47,\"msg\":\"ready\"}\n",
                    "{ port: 3000, env: 'dev' }\n",
                    "\u001b[1m\u001b[32mready\u001b[0m\n",
                    "\u2554\u2550\u2550\u2550\u2557\n\u2551 MCP \u2551\n\u255a\u2550\u2550\u2550\u255d\n",
                    "12:01:33.123 [main] INFO  org.acme.App -- Started in 0.8 seconds\n",
                    "Now using node v22.4.1 (npm v10.8.1)\n"),
            "DEBUG handling call\n",
            List.of(
                    "[2026-01-02 10:00:00] kitchen.DEBUG: called\n",
                    "{\"level\":\"debug\",\"msg\":\"called\"}\n",
                    "Traceback (most recent call last):\n  File \"a.py\", line 3, in run\nKeyError: 'rose'\n",
                    "called find {'word': 'x'}\n"),
            "Error: LIBRARY_API_KEY environment variable is required\n",
            List.of(
                    "Traceback (most recent call last):\n  File \"a.py\", line 3\nKeyError: 'GARDEN_TOKEN'\n",
                    "serve.sh: line 4: BIKE_KEY: parameter null or not set\n",
                    "serve.sh: line 4: BIKE_KEY: unbound variable\n",
                    "Please set KITCHEN_TOKEN before starting the server.\n",
                    "IllegalStateException: Required environment variable LAKE_URL not found\n"),
            "Error: Cannot find module 'express'\n",
            List.of(
                    "ModuleNotFoundError: No module named 'garden'\n",
                    "Exception in thread \"main\" java.lang.NoClassDefFoundError: org/lake/Fish\n",
                    "Error: listen EADDRINUSE: address already in use :::3000\n",
                    "the input device is not a TTY\n"),
            "npm http fetch GET 200 library-server\n",
            List.of(
                    "npm warn exec The following package was not found and will be installed: kitchen@0.9.0\n",
                    "Unable to find image 'acme/kitchen:latest' locally\nlatest: Pulling from acme/kitchen\n",
                    "Downloading pandas (11.8MiB)\n"),
            "\n> library-server@1.2.0 start\n> node dist/index.js\n\n",
            List.of(
                    "\n> @acme/kitchen@0.9.0 start /home/me/kitchen\n> tsx src/main.ts\n\n",
                    "Need to install the following packages:\nkitchen-mcp@0.9.0\nOk to proceed? (y) \n"),
            "[dotenv@17.2.3] injecting env (4) from .env -- tip: encrypt with Dotenvx\n",
            List.of(
                    "Attention: this tool now collects completely anonymous telemetry.\n",
                    "\rLoading weights:  10%|\u2588         | 1/10\rLoading weights: 100%|\u2588\u2588\u2588| 10/10\n"));

    /** The like of it; the same where it is none of ours. */
    String other(String said) {
        List<String> others = OTHERS.getOrDefault(said, List.of(said));
        return others.get(choice % others.size());
    }
}
