# One image for the worker, the API and the site; docker-compose.temporal.yml says which runs. `npm run image` does the
# same steps without Docker, and starts each process from what comes out.
FROM node:22.22.3-bookworm-slim AS base
WORKDIR /app

FROM base AS build
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build

FROM base AS dependencies
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev

FROM base
ENV NODE_ENV=production
COPY --from=dependencies /app/node_modules ./node_modules
COPY --from=build /app/build ./build
# What operators run in a container: npm run schedules, npm run alerts, npm run make-admin.
COPY . .
USER node
