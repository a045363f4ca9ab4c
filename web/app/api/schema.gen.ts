// Made by `npm run generate:api-types` from the API's OpenAPI document.
export interface paths {
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The process lives */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            ok: true;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether requests can be served
         * @description Without Temporal searches are still accepted, so only the database makes it not ready.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            ready: boolean;
                            /** @enum {string} */
                            database: "ok" | "down";
                            /** @enum {string} */
                            temporal: "ok" | "down";
                        };
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            ready: boolean;
                            /** @enum {string} */
                            database: "ok" | "down";
                            /** @enum {string} */
                            temporal: "ok" | "down";
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/boards": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The boards that are searched, with the links back that their terms ask for */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BoardList"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/sign-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make an account
         * @description The answer is the same when the address has an account already. Sign in next; where the deployment asks people to confirm their address, that works after the link in the mail was followed.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SignUpInput"];
                };
            };
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": Record<string, never>;
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CredentialsInput"];
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Session"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A new access token for a refresh token, which is used up */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        refreshToken: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Session"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/sign-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign out: the refresh token ends
         * @description The live streams of this sign-in end, on all its pages. The access token itself is good until it expires.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is signed in */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** Format: uuid */
                            id: string;
                            email: string;
                        };
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /**
         * Delete the account and all that is the person’s
         * @description Asks for the password once more. Searches under way are cancelled, nothing runs by itself and no mail is sent any more, feeds end, every sign-in ends. It cannot be undone.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        password: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The runs of the person, newest first
         * @description Filters are joined by “and”; `total` counts what fits them over all pages.
         */
        get: {
            parameters: {
                query?: {
                    status?: "pending" | "running" | "success" | "failed" | "cancelled" | "partial";
                    trigger?: "manual" | "schedule" | "rerun";
                    savedSearchId?: string;
                    rerunOf?: string;
                    board?: string;
                    errorClass?: "auth" | "rate_limited" | "blocked" | "not_found" | "upstream" | "timeout" | "network" | "bad_response" | "too_large" | "config" | "cancelled" | "all_boards_failed" | "workflow_terminated" | "workflow_timed_out" | "workflow_failed" | "workflow_lost";
                    from?: string;
                    until?: string;
                    active?: string;
                    cursor?: string;
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RunList"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Start a search
         * @description Answers at once; follow the run live or read it again. The same search already active is joined. With `rerunOf` an earlier run is done again, whole or only its failed boards. Boards that cannot be asked here are skipped; when that is all of them, the search is refused. With an Idempotency-Key the same request can be sent again without starting a second run.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CreateRunInput"];
                };
            };
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CreatedRun"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A run with its boards */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Run"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/{id}/results": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the run found, best first
         * @description Results appear while the run goes on; they stay when it is cancelled or fails. What the person has hidden since is left out; `hidden` asks for these.
         */
        get: {
            parameters: {
                query?: {
                    board?: string;
                    onlyNew?: string;
                    workMode?: "remote" | "hybrid" | "onsite" | "unknown";
                    withSalary?: string;
                    onlyOpen?: string;
                    hidden?: string;
                    cursor?: string;
                    limit?: number;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ResultList"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a run
         * @description What was found stays. Can be repeated; a finished run answers 409 with its status as `runStatus`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Run"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One run, live
         * @description The first event is the run as it is, unless Last-Event-ID is its revision. Ends with the run.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description text/event-stream: `event: run`, `data:` a Run, `id:` its revision; and `event: heartbeat`, `data:` `{"everySeconds"}`, once what there was to tell has been told, and from then on that often. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": string;
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All runs and companies of the person, live
         * @description The first events are the active runs as they are; then each run that changes. A company that the person follows is told as `event: company`, `data:` a Company, when it was checked and when it was first read. `event: marks` says that what the person marked or hides has changed, on whatever device; at the opening, that it has in the minute before.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description text/event-stream: `event: run`, `data:` a Run, `id:` its revision; and `event: heartbeat`, `data:` `{"everySeconds"}`, once what there was to tell has been told, and from then on that often. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": string;
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/saved-searches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The saved searches, newest first */
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SavedSearchList"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /** Save a search */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["WriteSavedSearchInput"];
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SavedSearch"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/saved-searches/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A saved search */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SavedSearch"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /** Change a saved search; without `schedule` or `paused` it runs by itself as before */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["WriteSavedSearchInput"];
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SavedSearch"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        /** Remove a saved search; its runs stay */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /** Change parts of a saved search: its name, what it looks for, when it runs, or whether it is paused */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ChangeSavedSearchInput"];
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SavedSearch"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/me/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Time zone, quiet hours and digest */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Settings"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /**
         * Change time zone, quiet hours and digest
         * @description Quiet hours may silence searches whose own times all lie in them. They are saved nevertheless, and the answer names those searches.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["WriteSettingsInput"];
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Settings"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/schedules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The service's own times, which saved searches follow unless they have others */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ServiceScheduleList"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/saved-searches/{id}/feed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A saved search's private feed link */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Feed"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /**
         * Make a private feed link
         * @description The one that is there stays: to have another, revoke it first.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Feed"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        /** Revoke the private feed link; it leads nowhere from then on */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/feeds/{token}/{format}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a saved search found, for feed readers
         * @description Needs no sign-in: the link is the secret. RSS 2.0, Atom 1.0 or JSON Feed 1, newest first. Answers 304 to `If-None-Match` and `If-Modified-Since` while nothing new was found.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    token: string;
                    format: "rss" | "atom" | "json";
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": string;
                    };
                };
                /** @description Default Response */
                304: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/{id}/results/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the run found, as a file
         * @description At most 10000 rows. In CSV, what begins like a formula has a quote before it. Answers 304 to `If-None-Match` while nothing changed.
         */
        get: {
            parameters: {
                query: {
                    board?: string;
                    onlyNew?: string;
                    workMode?: "remote" | "hybrid" | "onsite" | "unknown";
                    withSalary?: string;
                    onlyOpen?: string;
                    hidden?: string;
                    format: "csv" | "json";
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": string;
                    };
                };
                /** @description Default Response */
                304: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The history, as a file
         * @description At most 10000 rows. In CSV, what begins like a formula has a quote before it. Answers 304 to `If-None-Match` while nothing changed.
         */
        get: {
            parameters: {
                query: {
                    status?: "pending" | "running" | "success" | "failed" | "cancelled" | "partial";
                    trigger?: "manual" | "schedule" | "rerun";
                    savedSearchId?: string;
                    rerunOf?: string;
                    board?: string;
                    errorClass?: "auth" | "rate_limited" | "blocked" | "not_found" | "upstream" | "timeout" | "network" | "bad_response" | "too_large" | "config" | "cancelled" | "all_boards_failed" | "workflow_terminated" | "workflow_timed_out" | "workflow_failed" | "workflow_lost";
                    from?: string;
                    until?: string;
                    active?: string;
                    format: "csv" | "json";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": string;
                    };
                };
                /** @description Default Response */
                304: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everything that the service holds of the person, as a file
         * @description The account, and the rows of every table that holds something of the person. Secrets that would sign somebody in are left out.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": string;
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/companies/follow": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Follow a company by the address of its jobs
         * @description 201: it is known, and its postings are found by searches. 202: its board is being asked whether it is there; the outcome is told by the event `company` of /events. Can be repeated, also to ask again after a failure.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["FollowCompanyInput"];
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Company"];
                    };
                };
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Company"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/companies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The companies that the person follows, the last followed first */
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CompanyList"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/companies/{board}/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Follow a company no more */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    board: string;
                    token: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/companies/{board}/{token}/postings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A company’s open postings, newest first, with what the person marked
         * @description What the person has hidden is left out and counted; with `hidden` there is nothing else.
         */
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    limit?: number;
                    hidden?: string;
                };
                header?: never;
                path: {
                    board: string;
                    token: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CompanyPostings"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The jobs that the person has marked, the last marked first
         * @description Jobs stay when they are closed, with the date; those applied for are ordered by that day.
         */
        get: {
            parameters: {
                query?: {
                    mark?: "saved" | "applied" | "hidden";
                    cursor?: string;
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["JobList"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{id}/saved": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Save a job */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["JobMark"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{id}/hidden": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Hide a job: results leave it out at once, and so do the next runs */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["JobMark"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{id}/applied": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Mark a job as applied for */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ApplyForJobInput"];
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["JobMark"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{id}/note": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Note something on a job that is marked; an empty note removes it */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["WriteJobNoteInput"];
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["JobMark"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{id}/{mark}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take a mark back
         * @description A note stays, and is there again when the job is marked again.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    mark: "saved" | "applied" | "hidden";
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/hidden-terms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The companies and words that the person hides, the last hidden first */
        get: {
            parameters: {
                query?: {
                    cursor?: string;
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["HiddenTermList"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /**
         * Hide a company, however boards spell it, or a whole word of title or company
         * @description Results leave its jobs out at once, and so do the next runs. The same again is the same.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["HideTermInput"];
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["HiddenTerm"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/hidden-terms/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Show a company’s jobs, or those with a word, again */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/unsubscribe": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End the mail that a link stands in */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        token: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/unsubscribe/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take it back: mail comes as it came before */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        token: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/unsubscribe-link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Make the unsubscribe links of the person's mails useless
         * @description For when a mail is in wrong hands. The next mail has new links.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/schedules/refresh-all/trigger": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Run what is due now
         * @description Answers at once with the tick that is begun: that of this minute, or the one named. The same tick again goes on where it was interrupted, and changes nothing when it was completed. A signed request is let in once (409 when it comes again); sign another one to repeat it. 404 where the deployment has no secret.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        tick?: string;
                    } | null;
                };
            };
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            tick: string;
                        };
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
                /** @description Default Response */
                "5XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/runs/figures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How runs ended, how long they took, and why they failed
         * @description For accounts whose `app_metadata.role` is `admin`; 404 for everybody else.
         */
        get: {
            parameters: {
                query?: {
                    window?: "24h" | "7d" | "30d";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RunFigures"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/boards/figures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How each board did in runs, how fresh it is, and how much of its limit was used
         * @description For accounts whose `app_metadata.role` is `admin`; 404 for everybody else.
         */
        get: {
            parameters: {
                query?: {
                    window?: "24h" | "7d" | "30d";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["BoardFigures"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/schedules/figures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the schedules should have run, and what they did
         * @description For accounts whose `app_metadata.role` is `admin`; 404 for everybody else.
         */
        get: {
            parameters: {
                query?: {
                    window?: "24h" | "7d" | "30d";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ScheduleFigures"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/queues": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How much waits on each task queue, and which workers there are
         * @description For accounts whose `app_metadata.role` is `admin`; 404 for everybody else. With Temporal away `away` says so, and the lists are empty.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["QueueFigures"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The runs of everybody, those that go on first, then the last that ended
         * @description For accounts whose `app_metadata.role` is `admin`; 404 for everybody else.
         */
        get: {
            parameters: {
                query?: {
                    status?: "pending" | "running" | "success" | "partial" | "failed" | "cancelled";
                    source?: "manual" | "cron";
                    errorClass?: "auth" | "rate_limited" | "blocked" | "not_found" | "upstream" | "timeout" | "network" | "bad_response" | "too_large" | "config" | "cancelled" | "all_boards_failed" | "workflow_terminated" | "workflow_timed_out" | "workflow_failed" | "workflow_lost";
                    board?: string;
                    boardFailed?: string;
                    tick?: string;
                    from?: string;
                    until?: string;
                    cursor?: string;
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AdminRunList"];
                    };
                };
                /** @description Default Response */
                "4XX": {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        ScheduleInput: {
            /** @enum {string} */
            kind: "service" | "own" | "none";
            times: string[];
            days: (1 | 2 | 3 | 4 | 5 | 6 | 7)[];
            timeZone: string | null;
        };
        WriteScheduleInput: {
            /** @enum {string} */
            kind: "service" | "own" | "none";
            times?: string[];
            days?: (1 | 2 | 3 | 4 | 5 | 6 | 7)[];
            timeZone?: string;
        };
        WriteSettingsInput: {
            timeZone: string;
            quietHours: {
                from: string;
                to: string;
            } | null;
            /** @enum {string} */
            digest: "each_tick" | "daily" | "off";
            digestAt: string;
        };
        SettingsInput: {
            timeZone: string;
            quietHours: {
                from: string;
                to: string;
            } | null;
            /** @enum {string} */
            digest: "each_tick" | "daily" | "off";
            digestAt: string;
            silencedSearches: {
                /** Format: uuid */
                id: string;
                name: string;
            }[];
        };
        ServiceScheduleListInput: {
            items: {
                id: string;
                times: string[];
                days: (1 | 2 | 3 | 4 | 5 | 6 | 7)[];
                timeZone: string;
                nextRunAt: string | null;
            }[];
        };
        RunBoardInput: {
            board: string;
            label: string;
            /** @enum {string} */
            state: "queued" | "running" | "success" | "failed" | "cancelled" | "skipped";
            sourcesTotal: number;
            sourcesDone: number;
            sourcesFailed: number;
            page: number;
            found: number;
            new: number;
            moreMayFit: boolean;
            error: {
                /** @enum {string} */
                class: "auth" | "rate_limited" | "blocked" | "not_found" | "upstream" | "timeout" | "network" | "bad_response" | "too_large" | "config" | "cancelled";
                message: string;
            } | null;
            skipped: ("needs_key" | "off") | null;
            startedAt: string | null;
            completedAt: string | null;
        };
        RunInput: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            status: "pending" | "running" | "success" | "failed" | "cancelled";
            /** @enum {string} */
            source: "manual" | "cron";
            parameters: {
                title: string;
                place?: string;
                /** @default false */
                remoteOnly?: boolean;
                salaryFloor?: {
                    amount: number;
                    currency: string;
                };
                /** @default false */
                salaryKnownOnly?: boolean;
                maxAgeDays?: number;
                boards: string[];
                /** @default [] */
                excludeWords?: string[];
            };
            summary: string;
            placeKnown: boolean;
            savedSearchId: string | null;
            /** @enum {string} */
            trigger: "manual" | "schedule" | "rerun";
            rerunOf: string | null;
            clientContext: {
                /** @enum {string} */
                device: "phone" | "tablet" | "desktop" | "other";
                browser?: string;
                os?: string;
            } | null;
            found: number;
            new: number;
            firstOfItsSearch: boolean;
            error: {
                /** @enum {string} */
                class: "auth" | "rate_limited" | "blocked" | "not_found" | "upstream" | "timeout" | "network" | "bad_response" | "too_large" | "config" | "cancelled" | "all_boards_failed" | "workflow_terminated" | "workflow_timed_out" | "workflow_failed" | "workflow_lost";
                message: string;
            } | null;
            cancelRequestedAt: string | null;
            /** Format: date-time */
            createdAt: string;
            startedAt: string | null;
            completedAt: string | null;
            revision: number;
            boards: components["schemas"]["RunBoardInput"][];
            /** Format: date-time */
            serverTime: string;
        };
        CreateRunInput: {
            parameters?: {
                title: string;
                place?: string;
                /** @default false */
                remoteOnly?: boolean;
                salaryFloor?: {
                    amount: number;
                    currency: string;
                };
                /** @default false */
                salaryKnownOnly?: boolean;
                maxAgeDays?: number;
                boards?: string[];
                /** @default [] */
                excludeWords?: string[];
            };
            /** Format: uuid */
            savedSearchId?: string;
            /** Format: uuid */
            rerunOf?: string;
            onlyFailedBoards?: boolean;
            clientContext?: {
                /** @enum {string} */
                device: "phone" | "tablet" | "desktop" | "other";
                browser?: string;
                os?: string;
            };
        };
        CreatedRunInput: {
            run: components["schemas"]["RunInput"];
            joined: boolean;
        };
        WriteSavedSearchInput: {
            name: string;
            parameters: {
                title: string;
                place?: string;
                /** @default false */
                remoteOnly?: boolean;
                salaryFloor?: {
                    amount: number;
                    currency: string;
                };
                /** @default false */
                salaryKnownOnly?: boolean;
                maxAgeDays?: number;
                boards?: string[];
                /** @default [] */
                excludeWords?: string[];
            };
            schedule?: components["schemas"]["WriteScheduleInput"];
            paused?: boolean;
        };
        ChangeSavedSearchInput: {
            name?: string;
            parameters?: {
                title: string;
                place?: string;
                /** @default false */
                remoteOnly?: boolean;
                salaryFloor?: {
                    amount: number;
                    currency: string;
                };
                /** @default false */
                salaryKnownOnly?: boolean;
                maxAgeDays?: number;
                boards?: string[];
                /** @default [] */
                excludeWords?: string[];
            };
            schedule?: components["schemas"]["WriteScheduleInput"];
            paused?: boolean;
        };
        SavedSearchInput: {
            /** Format: uuid */
            id: string;
            name: string;
            parameters: {
                title: string;
                place?: string;
                /** @default false */
                remoteOnly?: boolean;
                salaryFloor?: {
                    amount: number;
                    currency: string;
                };
                /** @default false */
                salaryKnownOnly?: boolean;
                maxAgeDays?: number;
                boards: string[];
                /** @default [] */
                excludeWords?: string[];
            };
            summary: string;
            schedule: components["schemas"]["ScheduleInput"];
            paused: boolean;
            nextRunAt: string | null;
            nextRunZone: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        SavedSearchListInput: {
            items: components["schemas"]["SavedSearchInput"][];
            nextCursor: string | null;
        };
        BoardInput: {
            name: string;
            label: string;
            /** @enum {string} */
            kind: "feed" | "company" | "query";
            /** @enum {string} */
            availability: "ready" | "needs_key" | "off";
            attribution: {
                name: string;
                /** Format: uri */
                url: string;
                followLink: boolean;
            };
            minSyncIntervalSeconds: number;
            companyAddress: string | null;
        };
        BoardListInput: {
            items: components["schemas"]["BoardInput"][];
            /** @enum {string} */
            mode: "live" | "sample";
        };
        CredentialsInput: {
            /** Format: email */
            email: string;
            password: string;
        };
        SignUpInput: {
            /** Format: email */
            email: string;
            password: string;
            /** @description By whose clock quiet hours and the daily mail go: the settings begin with it. */
            timeZone?: string;
        };
        SessionInput: {
            accessToken: string;
            refreshToken: string;
            /** Format: date-time */
            expiresAt: string;
            user: {
                /** Format: uuid */
                id: string;
                email: string;
                isAdmin: boolean;
            };
        };
        ProblemInput: {
            type: string;
            title: string;
            status: number;
            detail?: string;
            /** @enum {string} */
            runStatus?: "pending" | "running" | "success" | "failed" | "cancelled";
            errors?: {
                pointer: string;
                detail: string;
            }[];
        };
        JobMarkInput: {
            savedAt: string | null;
            hiddenAt: string | null;
            appliedOn: string | null;
            note: string | null;
            /** Format: date-time */
            updatedAt: string;
        };
        HiddenTermInput: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "company" | "word";
            text: string;
            /** Format: date-time */
            createdAt: string;
        };
        ResultInput: {
            /** Format: uuid */
            postingId: string;
            title: string;
            company: string;
            locations: string[];
            /** @enum {string} */
            workMode: "remote" | "hybrid" | "onsite" | "unknown";
            employmentType: ("full_time" | "part_time" | "contract" | "temporary" | "internship" | "freelance" | "other") | null;
            salary: {
                min?: number;
                max?: number;
                currency?: string;
                /** @enum {string} */
                period?: "hour" | "day" | "week" | "month" | "year";
                raw?: string;
            } | null;
            salaryCompared: {
                min?: number;
                max?: number;
                currency: string;
                /** Format: date */
                ratesOf?: string;
            } | null;
            postedAt: string | null;
            postedAtPrecision: ("second" | "day") | null;
            /** Format: date-time */
            firstSeenAt: string;
            closedAt: string | null;
            excerpt: string;
            isNew: boolean;
            score: number;
            mark: components["schemas"]["JobMarkInput"] | null;
            hiddenBy: components["schemas"]["HiddenTermInput"][];
            sources: {
                board: string;
                label: string;
                url: string;
                applyUrl: string | null;
                attribution: {
                    name: string;
                    /** Format: uri */
                    url: string;
                    followLink: boolean;
                };
                closedAt: string | null;
            }[];
        };
        PostingInput: {
            /** Format: uuid */
            postingId: string;
            title: string;
            company: string;
            locations: string[];
            /** @enum {string} */
            workMode: "remote" | "hybrid" | "onsite" | "unknown";
            employmentType: ("full_time" | "part_time" | "contract" | "temporary" | "internship" | "freelance" | "other") | null;
            salary: {
                min?: number;
                max?: number;
                currency?: string;
                /** @enum {string} */
                period?: "hour" | "day" | "week" | "month" | "year";
                raw?: string;
            } | null;
            postedAt: string | null;
            postedAtPrecision: ("second" | "day") | null;
            /** Format: date-time */
            firstSeenAt: string;
            closedAt: string | null;
            excerpt: string;
            sources: {
                board: string;
                label: string;
                url: string;
                applyUrl: string | null;
                attribution: {
                    name: string;
                    /** Format: uri */
                    url: string;
                    followLink: boolean;
                };
                closedAt: string | null;
            }[];
        };
        ResultListInput: {
            items: components["schemas"]["ResultInput"][];
            nextCursor: string | null;
            total: number;
            hidden: number;
        };
        FollowCompanyInput: {
            address: string;
        };
        CompanyInput: {
            board: string;
            label: string;
            token: string;
            name: string;
            address: string | null;
            /** @enum {string} */
            state: "checking" | "open" | "not_found" | "failed";
            error: {
                /** @enum {string} */
                class: "auth" | "rate_limited" | "blocked" | "not_found" | "upstream" | "timeout" | "network" | "bad_response" | "too_large" | "config" | "cancelled";
                message: string;
            } | null;
            openPostings: number;
            /** Format: date-time */
            followedAt: string;
            checkedAt: string | null;
            syncedAt: string | null;
        };
        CompanyListInput: {
            items: components["schemas"]["CompanyInput"][];
            nextCursor: string | null;
        };
        CompanyPostingInput: {
            /** Format: uuid */
            postingId: string;
            title: string;
            company: string;
            locations: string[];
            /** @enum {string} */
            workMode: "remote" | "hybrid" | "onsite" | "unknown";
            employmentType: ("full_time" | "part_time" | "contract" | "temporary" | "internship" | "freelance" | "other") | null;
            salary: {
                min?: number;
                max?: number;
                currency?: string;
                /** @enum {string} */
                period?: "hour" | "day" | "week" | "month" | "year";
                raw?: string;
            } | null;
            postedAt: string | null;
            postedAtPrecision: ("second" | "day") | null;
            /** Format: date-time */
            firstSeenAt: string;
            closedAt: string | null;
            excerpt: string;
            mark: components["schemas"]["JobMarkInput"] | null;
            hiddenBy: components["schemas"]["HiddenTermInput"][];
            sources: {
                board: string;
                label: string;
                url: string;
                applyUrl: string | null;
                attribution: {
                    name: string;
                    /** Format: uri */
                    url: string;
                    followLink: boolean;
                };
                closedAt: string | null;
            }[];
        };
        CompanyPostingsInput: {
            items: components["schemas"]["CompanyPostingInput"][];
            nextCursor: string | null;
            company: {
                board: string;
                label: string;
                token: string;
                name: string;
            };
            total: number;
            hidden: number;
        };
        RunFiguresInput: {
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            until: string;
            ends: {
                success: number;
                partial: number;
                failed: number;
                cancelled: number;
            };
            scheduledEnds: {
                success: number;
                partial: number;
                failed: number;
                cancelled: number;
            };
            successRate: number | null;
            failureRate: number | null;
            duration: {
                runs: number;
                p50Ms: number | null;
                p95Ms: number | null;
            };
            steps: {
                /** Format: date-time */
                from: string;
                /** Format: date-time */
                until: string;
                ends: {
                    success: number;
                    partial: number;
                    failed: number;
                    cancelled: number;
                };
                runs: number;
                p50Ms: number | null;
                p95Ms: number | null;
            }[];
            errors: {
                /** @enum {string} */
                class: "auth" | "rate_limited" | "blocked" | "not_found" | "upstream" | "timeout" | "network" | "bad_response" | "too_large" | "config" | "cancelled" | "all_boards_failed" | "workflow_terminated" | "workflow_timed_out" | "workflow_failed" | "workflow_lost";
                runs: number;
            }[];
            active: {
                pending: number;
                running: number;
                oldestAt: string | null;
            };
        };
        BoardFiguresInput: {
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            until: string;
            items: {
                board: string;
                label: string;
                /** @enum {string} */
                availability: "ready" | "needs_key" | "off";
                ends: {
                    success: number;
                    partial: number;
                    failed: number;
                    cancelled: number;
                    skipped: number;
                };
                errors: {
                    /** @enum {string} */
                    class: "auth" | "rate_limited" | "blocked" | "not_found" | "upstream" | "timeout" | "network" | "bad_response" | "too_large" | "config" | "cancelled";
                    runs: number;
                }[];
                lastSuccessAt: string | null;
                lastFailure: {
                    /** Format: date-time */
                    at: string;
                    source: string;
                    class: ("auth" | "rate_limited" | "blocked" | "not_found" | "upstream" | "timeout" | "network" | "bad_response" | "too_large" | "config" | "cancelled") | null;
                } | null;
                requests: number;
                busiestHourRequests: number;
                requestsPerHourLimit: number;
            }[];
        };
        ScheduleFiguresInput: {
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            until: string;
            schedules: {
                id: string;
                due: number;
                completed: number;
                unfinished: number;
                missed: number;
                runs: number;
                leftOut: number;
                nextAt: string | null;
                ticks: {
                    id: string | null;
                    /** Format: date-time */
                    dueAt: string;
                    /** @enum {string} */
                    state: "completed" | "unfinished" | "missed";
                    cause: ("schedule" | "operator" | "request") | null;
                    runs: number;
                    leftOut: number;
                    tookSeconds: number | null;
                }[];
            }[];
            own: {
                begun: number;
                completed: number;
            };
            alerts: {
                /** Format: uuid */
                id: string;
                kind: string;
                message: string;
                /** Format: date-time */
                raisedAt: string;
                resolvedAt: string | null;
            }[];
        };
        QueueFiguresInput: {
            away: string | null;
            queues: {
                name: string;
                temporalUrl: string | null;
                backlog: number;
                oldestSeconds: number;
                addedPerSecond: number;
                dispatchedPerSecond: number;
                workers: number;
            }[];
            workers: {
                identity: string;
                version: string | null;
                queues: number;
                lastSeenAt: string | null;
            }[];
            versions: {
                deployment: string;
                build: string;
                current: boolean;
                createdAt: string | null;
            }[];
        };
        AdminRunListInput: {
            items: {
                /** Format: uuid */
                id: string;
                /** Format: uuid */
                userId: string;
                /** @enum {string} */
                status: "pending" | "running" | "success" | "partial" | "failed" | "cancelled";
                /** @enum {string} */
                source: "manual" | "cron";
                errorClass: ("auth" | "rate_limited" | "blocked" | "not_found" | "upstream" | "timeout" | "network" | "bad_response" | "too_large" | "config" | "cancelled" | "all_boards_failed" | "workflow_terminated" | "workflow_timed_out" | "workflow_failed" | "workflow_lost") | null;
                failedBoards: {
                    board: string;
                    label: string;
                    class: ("auth" | "rate_limited" | "blocked" | "not_found" | "upstream" | "timeout" | "network" | "bad_response" | "too_large" | "config" | "cancelled") | null;
                }[];
                /** Format: date-time */
                createdAt: string;
                startedAt: string | null;
                completedAt: string | null;
                temporalUrl: string | null;
            }[];
            nextCursor: string | null;
        };
        RunListInput: {
            items: components["schemas"]["RunInput"][];
            nextCursor: string | null;
            total: number;
        };
        FeedInput: {
            /** Format: date-time */
            createdAt: string;
            links: {
                /** Format: uri */
                rss: string;
                /** Format: uri */
                atom: string;
                /** Format: uri */
                json: string;
            };
        };
        ApplyForJobInput: {
            /** Format: date */
            on?: string;
            note?: string;
        };
        WriteJobNoteInput: {
            note: string;
        };
        JobInput: {
            /** Format: uuid */
            postingId: string;
            title: string;
            company: string;
            locations: string[];
            /** @enum {string} */
            workMode: "remote" | "hybrid" | "onsite" | "unknown";
            employmentType: ("full_time" | "part_time" | "contract" | "temporary" | "internship" | "freelance" | "other") | null;
            salary: {
                min?: number;
                max?: number;
                currency?: string;
                /** @enum {string} */
                period?: "hour" | "day" | "week" | "month" | "year";
                raw?: string;
            } | null;
            postedAt: string | null;
            postedAtPrecision: ("second" | "day") | null;
            /** Format: date-time */
            firstSeenAt: string;
            closedAt: string | null;
            excerpt: string;
            sources: {
                board: string;
                label: string;
                url: string;
                applyUrl: string | null;
                attribution: {
                    name: string;
                    /** Format: uri */
                    url: string;
                    followLink: boolean;
                };
                closedAt: string | null;
            }[];
            mark: components["schemas"]["JobMarkInput"];
        };
        JobListInput: {
            items: components["schemas"]["JobInput"][];
            nextCursor: string | null;
            counts: {
                saved: number;
                applied: number;
                hidden: number;
            };
        };
        HideTermInput: {
            /** @constant */
            kind: "company";
            text: string;
        } | {
            /** @constant */
            kind: "word";
            text: string;
        };
        HiddenTermListInput: {
            items: components["schemas"]["HiddenTermInput"][];
            nextCursor: string | null;
        };
        Schedule: {
            /** @enum {string} */
            kind: "service" | "own" | "none";
            times: string[];
            days: (1 | 2 | 3 | 4 | 5 | 6 | 7)[];
            timeZone: string | null;
        };
        WriteSchedule: {
            /** @enum {string} */
            kind: "service" | "own" | "none";
            times?: string[];
            days?: (1 | 2 | 3 | 4 | 5 | 6 | 7)[];
            timeZone?: string;
        };
        WriteSettings: {
            timeZone: string;
            quietHours: {
                from: string;
                to: string;
            } | null;
            /** @enum {string} */
            digest: "each_tick" | "daily" | "off";
            digestAt: string;
        };
        Settings: {
            timeZone: string;
            quietHours: {
                from: string;
                to: string;
            } | null;
            /** @enum {string} */
            digest: "each_tick" | "daily" | "off";
            digestAt: string;
            silencedSearches: {
                /** Format: uuid */
                id: string;
                name: string;
            }[];
        };
        ServiceScheduleList: {
            items: {
                id: string;
                times: string[];
                days: (1 | 2 | 3 | 4 | 5 | 6 | 7)[];
                timeZone: string;
                nextRunAt: string | null;
            }[];
        };
        RunBoard: {
            board: string;
            label: string;
            /** @enum {string} */
            state: "queued" | "running" | "success" | "failed" | "cancelled" | "skipped";
            sourcesTotal: number;
            sourcesDone: number;
            sourcesFailed: number;
            page: number;
            found: number;
            new: number;
            moreMayFit: boolean;
            error: {
                /** @enum {string} */
                class: "auth" | "rate_limited" | "blocked" | "not_found" | "upstream" | "timeout" | "network" | "bad_response" | "too_large" | "config" | "cancelled";
                message: string;
            } | null;
            skipped: ("needs_key" | "off") | null;
            startedAt: string | null;
            completedAt: string | null;
        };
        Run: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            status: "pending" | "running" | "success" | "failed" | "cancelled";
            /** @enum {string} */
            source: "manual" | "cron";
            parameters: {
                title: string;
                place?: string;
                /** @default false */
                remoteOnly: boolean;
                salaryFloor?: {
                    amount: number;
                    currency: string;
                };
                /** @default false */
                salaryKnownOnly: boolean;
                maxAgeDays?: number;
                boards: string[];
                /** @default [] */
                excludeWords: string[];
            };
            summary: string;
            placeKnown: boolean;
            savedSearchId: string | null;
            /** @enum {string} */
            trigger: "manual" | "schedule" | "rerun";
            rerunOf: string | null;
            clientContext: {
                /** @enum {string} */
                device: "phone" | "tablet" | "desktop" | "other";
                browser?: string;
                os?: string;
            } | null;
            found: number;
            new: number;
            firstOfItsSearch: boolean;
            error: {
                /** @enum {string} */
                class: "auth" | "rate_limited" | "blocked" | "not_found" | "upstream" | "timeout" | "network" | "bad_response" | "too_large" | "config" | "cancelled" | "all_boards_failed" | "workflow_terminated" | "workflow_timed_out" | "workflow_failed" | "workflow_lost";
                message: string;
            } | null;
            cancelRequestedAt: string | null;
            /** Format: date-time */
            createdAt: string;
            startedAt: string | null;
            completedAt: string | null;
            revision: number;
            boards: components["schemas"]["RunBoard"][];
            /** Format: date-time */
            serverTime: string;
        };
        CreateRun: {
            parameters?: {
                title: string;
                place?: string;
                /** @default false */
                remoteOnly: boolean;
                salaryFloor?: {
                    amount: number;
                    currency: string;
                };
                /** @default false */
                salaryKnownOnly: boolean;
                maxAgeDays?: number;
                boards?: string[];
                /** @default [] */
                excludeWords: string[];
            };
            /** Format: uuid */
            savedSearchId?: string;
            /** Format: uuid */
            rerunOf?: string;
            onlyFailedBoards?: boolean;
            clientContext?: {
                /** @enum {string} */
                device: "phone" | "tablet" | "desktop" | "other";
                browser?: string;
                os?: string;
            };
        };
        CreatedRun: {
            run: components["schemas"]["Run"];
            joined: boolean;
        };
        WriteSavedSearch: {
            name: string;
            parameters: {
                title: string;
                place?: string;
                /** @default false */
                remoteOnly: boolean;
                salaryFloor?: {
                    amount: number;
                    currency: string;
                };
                /** @default false */
                salaryKnownOnly: boolean;
                maxAgeDays?: number;
                boards?: string[];
                /** @default [] */
                excludeWords: string[];
            };
            schedule?: components["schemas"]["WriteSchedule"];
            paused?: boolean;
        };
        ChangeSavedSearch: {
            name?: string;
            parameters?: {
                title: string;
                place?: string;
                /** @default false */
                remoteOnly: boolean;
                salaryFloor?: {
                    amount: number;
                    currency: string;
                };
                /** @default false */
                salaryKnownOnly: boolean;
                maxAgeDays?: number;
                boards?: string[];
                /** @default [] */
                excludeWords: string[];
            };
            schedule?: components["schemas"]["WriteSchedule"];
            paused?: boolean;
        };
        SavedSearch: {
            /** Format: uuid */
            id: string;
            name: string;
            parameters: {
                title: string;
                place?: string;
                /** @default false */
                remoteOnly: boolean;
                salaryFloor?: {
                    amount: number;
                    currency: string;
                };
                /** @default false */
                salaryKnownOnly: boolean;
                maxAgeDays?: number;
                boards: string[];
                /** @default [] */
                excludeWords: string[];
            };
            summary: string;
            schedule: components["schemas"]["Schedule"];
            paused: boolean;
            nextRunAt: string | null;
            nextRunZone: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        SavedSearchList: {
            items: components["schemas"]["SavedSearch"][];
            nextCursor: string | null;
        };
        Board: {
            name: string;
            label: string;
            /** @enum {string} */
            kind: "feed" | "company" | "query";
            /** @enum {string} */
            availability: "ready" | "needs_key" | "off";
            attribution: {
                name: string;
                /** Format: uri */
                url: string;
                followLink: boolean;
            };
            minSyncIntervalSeconds: number;
            companyAddress: string | null;
        };
        BoardList: {
            items: components["schemas"]["Board"][];
            /** @enum {string} */
            mode: "live" | "sample";
        };
        Credentials: {
            /** Format: email */
            email: string;
            password: string;
        };
        SignUp: {
            /** Format: email */
            email: string;
            password: string;
            /** @description By whose clock quiet hours and the daily mail go: the settings begin with it. */
            timeZone?: string;
        };
        Session: {
            accessToken: string;
            refreshToken: string;
            /** Format: date-time */
            expiresAt: string;
            user: {
                /** Format: uuid */
                id: string;
                email: string;
                isAdmin: boolean;
            };
        };
        Problem: {
            type: string;
            title: string;
            status: number;
            detail?: string;
            /** @enum {string} */
            runStatus?: "pending" | "running" | "success" | "failed" | "cancelled";
            errors?: {
                pointer: string;
                detail: string;
            }[];
        };
        JobMark: {
            savedAt: string | null;
            hiddenAt: string | null;
            appliedOn: string | null;
            note: string | null;
            /** Format: date-time */
            updatedAt: string;
        };
        HiddenTerm: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "company" | "word";
            text: string;
            /** Format: date-time */
            createdAt: string;
        };
        Result: {
            /** Format: uuid */
            postingId: string;
            title: string;
            company: string;
            locations: string[];
            /** @enum {string} */
            workMode: "remote" | "hybrid" | "onsite" | "unknown";
            employmentType: ("full_time" | "part_time" | "contract" | "temporary" | "internship" | "freelance" | "other") | null;
            salary: {
                min?: number;
                max?: number;
                currency?: string;
                /** @enum {string} */
                period?: "hour" | "day" | "week" | "month" | "year";
                raw?: string;
            } | null;
            salaryCompared: {
                min?: number;
                max?: number;
                currency: string;
                /** Format: date */
                ratesOf?: string;
            } | null;
            postedAt: string | null;
            postedAtPrecision: ("second" | "day") | null;
            /** Format: date-time */
            firstSeenAt: string;
            closedAt: string | null;
            excerpt: string;
            isNew: boolean;
            score: number;
            mark: components["schemas"]["JobMark"] | null;
            hiddenBy: components["schemas"]["HiddenTerm"][];
            sources: {
                board: string;
                label: string;
                url: string;
                applyUrl: string | null;
                attribution: {
                    name: string;
                    /** Format: uri */
                    url: string;
                    followLink: boolean;
                };
                closedAt: string | null;
            }[];
        };
        Posting: {
            /** Format: uuid */
            postingId: string;
            title: string;
            company: string;
            locations: string[];
            /** @enum {string} */
            workMode: "remote" | "hybrid" | "onsite" | "unknown";
            employmentType: ("full_time" | "part_time" | "contract" | "temporary" | "internship" | "freelance" | "other") | null;
            salary: {
                min?: number;
                max?: number;
                currency?: string;
                /** @enum {string} */
                period?: "hour" | "day" | "week" | "month" | "year";
                raw?: string;
            } | null;
            postedAt: string | null;
            postedAtPrecision: ("second" | "day") | null;
            /** Format: date-time */
            firstSeenAt: string;
            closedAt: string | null;
            excerpt: string;
            sources: {
                board: string;
                label: string;
                url: string;
                applyUrl: string | null;
                attribution: {
                    name: string;
                    /** Format: uri */
                    url: string;
                    followLink: boolean;
                };
                closedAt: string | null;
            }[];
        };
        ResultList: {
            items: components["schemas"]["Result"][];
            nextCursor: string | null;
            total: number;
            hidden: number;
        };
        FollowCompany: {
            address: string;
        };
        Company: {
            board: string;
            label: string;
            token: string;
            name: string;
            address: string | null;
            /** @enum {string} */
            state: "checking" | "open" | "not_found" | "failed";
            error: {
                /** @enum {string} */
                class: "auth" | "rate_limited" | "blocked" | "not_found" | "upstream" | "timeout" | "network" | "bad_response" | "too_large" | "config" | "cancelled";
                message: string;
            } | null;
            openPostings: number;
            /** Format: date-time */
            followedAt: string;
            checkedAt: string | null;
            syncedAt: string | null;
        };
        CompanyList: {
            items: components["schemas"]["Company"][];
            nextCursor: string | null;
        };
        CompanyPosting: {
            /** Format: uuid */
            postingId: string;
            title: string;
            company: string;
            locations: string[];
            /** @enum {string} */
            workMode: "remote" | "hybrid" | "onsite" | "unknown";
            employmentType: ("full_time" | "part_time" | "contract" | "temporary" | "internship" | "freelance" | "other") | null;
            salary: {
                min?: number;
                max?: number;
                currency?: string;
                /** @enum {string} */
                period?: "hour" | "day" | "week" | "month" | "year";
                raw?: string;
            } | null;
            postedAt: string | null;
            postedAtPrecision: ("second" | "day") | null;
            /** Format: date-time */
            firstSeenAt: string;
            closedAt: string | null;
            excerpt: string;
            mark: components["schemas"]["JobMark"] | null;
            hiddenBy: components["schemas"]["HiddenTerm"][];
            sources: {
                board: string;
                label: string;
                url: string;
                applyUrl: string | null;
                attribution: {
                    name: string;
                    /** Format: uri */
                    url: string;
                    followLink: boolean;
                };
                closedAt: string | null;
            }[];
        };
        CompanyPostings: {
            items: components["schemas"]["CompanyPosting"][];
            nextCursor: string | null;
            company: {
                board: string;
                label: string;
                token: string;
                name: string;
            };
            total: number;
            hidden: number;
        };
        RunFigures: {
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            until: string;
            ends: {
                success: number;
                partial: number;
                failed: number;
                cancelled: number;
            };
            scheduledEnds: {
                success: number;
                partial: number;
                failed: number;
                cancelled: number;
            };
            successRate: number | null;
            failureRate: number | null;
            duration: {
                runs: number;
                p50Ms: number | null;
                p95Ms: number | null;
            };
            steps: {
                /** Format: date-time */
                from: string;
                /** Format: date-time */
                until: string;
                ends: {
                    success: number;
                    partial: number;
                    failed: number;
                    cancelled: number;
                };
                runs: number;
                p50Ms: number | null;
                p95Ms: number | null;
            }[];
            errors: {
                /** @enum {string} */
                class: "auth" | "rate_limited" | "blocked" | "not_found" | "upstream" | "timeout" | "network" | "bad_response" | "too_large" | "config" | "cancelled" | "all_boards_failed" | "workflow_terminated" | "workflow_timed_out" | "workflow_failed" | "workflow_lost";
                runs: number;
            }[];
            active: {
                pending: number;
                running: number;
                oldestAt: string | null;
            };
        };
        BoardFigures: {
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            until: string;
            items: {
                board: string;
                label: string;
                /** @enum {string} */
                availability: "ready" | "needs_key" | "off";
                ends: {
                    success: number;
                    partial: number;
                    failed: number;
                    cancelled: number;
                    skipped: number;
                };
                errors: {
                    /** @enum {string} */
                    class: "auth" | "rate_limited" | "blocked" | "not_found" | "upstream" | "timeout" | "network" | "bad_response" | "too_large" | "config" | "cancelled";
                    runs: number;
                }[];
                lastSuccessAt: string | null;
                lastFailure: {
                    /** Format: date-time */
                    at: string;
                    source: string;
                    class: ("auth" | "rate_limited" | "blocked" | "not_found" | "upstream" | "timeout" | "network" | "bad_response" | "too_large" | "config" | "cancelled") | null;
                } | null;
                requests: number;
                busiestHourRequests: number;
                requestsPerHourLimit: number;
            }[];
        };
        ScheduleFigures: {
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            until: string;
            schedules: {
                id: string;
                due: number;
                completed: number;
                unfinished: number;
                missed: number;
                runs: number;
                leftOut: number;
                nextAt: string | null;
                ticks: {
                    id: string | null;
                    /** Format: date-time */
                    dueAt: string;
                    /** @enum {string} */
                    state: "completed" | "unfinished" | "missed";
                    cause: ("schedule" | "operator" | "request") | null;
                    runs: number;
                    leftOut: number;
                    tookSeconds: number | null;
                }[];
            }[];
            own: {
                begun: number;
                completed: number;
            };
            alerts: {
                /** Format: uuid */
                id: string;
                kind: string;
                message: string;
                /** Format: date-time */
                raisedAt: string;
                resolvedAt: string | null;
            }[];
        };
        QueueFigures: {
            away: string | null;
            queues: {
                name: string;
                temporalUrl: string | null;
                backlog: number;
                oldestSeconds: number;
                addedPerSecond: number;
                dispatchedPerSecond: number;
                workers: number;
            }[];
            workers: {
                identity: string;
                version: string | null;
                queues: number;
                lastSeenAt: string | null;
            }[];
            versions: {
                deployment: string;
                build: string;
                current: boolean;
                createdAt: string | null;
            }[];
        };
        AdminRunList: {
            items: {
                /** Format: uuid */
                id: string;
                /** Format: uuid */
                userId: string;
                /** @enum {string} */
                status: "pending" | "running" | "success" | "partial" | "failed" | "cancelled";
                /** @enum {string} */
                source: "manual" | "cron";
                errorClass: ("auth" | "rate_limited" | "blocked" | "not_found" | "upstream" | "timeout" | "network" | "bad_response" | "too_large" | "config" | "cancelled" | "all_boards_failed" | "workflow_terminated" | "workflow_timed_out" | "workflow_failed" | "workflow_lost") | null;
                failedBoards: {
                    board: string;
                    label: string;
                    class: ("auth" | "rate_limited" | "blocked" | "not_found" | "upstream" | "timeout" | "network" | "bad_response" | "too_large" | "config" | "cancelled") | null;
                }[];
                /** Format: date-time */
                createdAt: string;
                startedAt: string | null;
                completedAt: string | null;
                temporalUrl: string | null;
            }[];
            nextCursor: string | null;
        };
        RunList: {
            items: components["schemas"]["Run"][];
            nextCursor: string | null;
            total: number;
        };
        Feed: {
            /** Format: date-time */
            createdAt: string;
            links: {
                /** Format: uri */
                rss: string;
                /** Format: uri */
                atom: string;
                /** Format: uri */
                json: string;
            };
        };
        ApplyForJob: {
            /** Format: date */
            on?: string;
            note?: string;
        };
        WriteJobNote: {
            note: string;
        };
        Job: {
            /** Format: uuid */
            postingId: string;
            title: string;
            company: string;
            locations: string[];
            /** @enum {string} */
            workMode: "remote" | "hybrid" | "onsite" | "unknown";
            employmentType: ("full_time" | "part_time" | "contract" | "temporary" | "internship" | "freelance" | "other") | null;
            salary: {
                min?: number;
                max?: number;
                currency?: string;
                /** @enum {string} */
                period?: "hour" | "day" | "week" | "month" | "year";
                raw?: string;
            } | null;
            postedAt: string | null;
            postedAtPrecision: ("second" | "day") | null;
            /** Format: date-time */
            firstSeenAt: string;
            closedAt: string | null;
            excerpt: string;
            sources: {
                board: string;
                label: string;
                url: string;
                applyUrl: string | null;
                attribution: {
                    name: string;
                    /** Format: uri */
                    url: string;
                    followLink: boolean;
                };
                closedAt: string | null;
            }[];
            mark: components["schemas"]["JobMark"];
        };
        JobList: {
            items: components["schemas"]["Job"][];
            nextCursor: string | null;
            counts: {
                saved: number;
                applied: number;
                hidden: number;
            };
        };
        HideTerm: {
            /** @constant */
            kind: "company";
            text: string;
        } | {
            /** @constant */
            kind: "word";
            text: string;
        };
        HiddenTermList: {
            items: components["schemas"]["HiddenTerm"][];
            nextCursor: string | null;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
