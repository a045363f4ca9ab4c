import type { JobFamily } from './family.js';

const inSoftware = {
  department: 'Engineering',
  remotiveCategory: 'Software Development',
  jobicyIndustry: 'Software Engineering',
  levelled: true,
  remote: 0.4,
  hybrid: 0.4,
} satisfies Partial<JobFamily>;

export const frontend: JobFamily = {
  ...inSoftware,
  name: 'frontend',
  titles: [
    ['React Developer', 'React', 'JavaScript'],
    ['Frontend Engineer (React)', 'React', 'TypeScript'],
    ['Frontend Engineer', 'TypeScript', 'React'],
    ['Frontend Developer, Vue.js', 'Vue.js', 'TypeScript'],
    ['Angular Developer', 'Angular', 'RxJS'],
    ['UI Engineer, Design Systems', 'React', 'Storybook'],
    ['Web Developer', 'HTML', 'CSS'],
    ['Software Engineer, Web Platform', 'TypeScript', 'Remix'],
  ],
  skills: ['Next.js', 'GraphQL', 'Tailwind CSS', 'Playwright', 'Vite', 'web accessibility', 'Jest', 'Remix'],
  yearlyPay: [105_000, 145_000],
  duties: [
    'Build interfaces in {skill} that people enjoy using on a phone as much as on a desktop',
    'Own features from the first sketch to the numbers that show whether they helped',
    'Work with designers on a component library shared by five product teams',
    'Keep our pages fast: budgets for bundle size, measured in the field',
    'Write tests in {skill} that catch what matters and nothing else',
    'Review code kindly and explain the why behind your own',
  ],
  requirements: [
    'Several years of building production web applications with {skill}',
    'A firm grasp of semantic HTML, modern CSS and accessibility',
    'Experience with {skill} and with shaping an API together with backend engineers',
    'An eye for detail in spacing, motion and empty states',
    'Comfort with {skill} or a willingness to learn it quickly',
  ],
};

export const backend: JobFamily = {
  ...inSoftware,
  name: 'backend',
  titles: [
    ['Senior Backend Engineer, Node.js', 'Node.js', 'TypeScript'],
    ['Backend Engineer (Node.js)', 'Node.js', 'PostgreSQL'],
    ['Backend Engineer, Payments', 'Java', 'Kafka'],
    ['Python Developer', 'Python', 'Django'],
    ['Go Engineer', 'Go', 'gRPC'],
    ['Java Developer', 'Java', 'Spring Boot'],
    ['Software Engineer, Workflows', 'Temporal', 'Go'],
    ['.NET Developer', 'C#', '.NET'],
    ['Ruby on Rails Engineer', 'Ruby on Rails', 'PostgreSQL'],
    ['Rust Engineer, Storage', 'Rust', 'Linux'],
    ['Backend Engineer', 'PostgreSQL', 'Kubernetes'],
  ],
  skills: [
    'Redis',
    'AWS',
    'Kafka',
    'Docker',
    'REST APIs',
    'GraphQL',
    'PostgreSQL',
    'Temporal',
    'OpenTelemetry',
  ],
  yearlyPay: [115_000, 160_000],
  duties: [
    'Design and run services in {skill} that answer thousands of requests a second',
    'Model data with care and write the migrations that move it without downtime',
    'Turn long-running work into workflows that survive restarts and retries',
    'Add the metrics and traces that make an incident short',
    'Share the on-call rota, one week in seven, and fix what wakes you',
    'Break a large change into small ones that can be rolled back',
  ],
  requirements: [
    'Solid experience with {skill} in production',
    'You know your way around SQL, indexes and query plans',
    'Practice with queues and events, for instance {skill}',
    'You have looked after a service that others depend on',
    'Clear writing: design notes, runbooks, commit messages',
  ],
};

export const fullstack: JobFamily = {
  ...inSoftware,
  name: 'full stack',
  titles: [
    ['Full Stack Engineer', 'TypeScript', 'React'],
    ['Full Stack Developer (React / Node.js)', 'React', 'Node.js'],
    ['Full-Stack Engineer, Growth', 'Next.js', 'PostgreSQL'],
    ['Founding Engineer', 'TypeScript', 'AWS'],
    ['Product Engineer', 'React', 'Python'],
    ['PHP Developer (Laravel)', 'PHP', 'Laravel'],
  ],
  skills: ['GraphQL', 'Docker', 'Supabase', 'Remix', 'AWS', 'Stripe', 'Tailwind CSS'],
  yearlyPay: [110_000, 155_000],
  duties: [
    'Ship whole features, from the database table to the button',
    'Talk to customers every other week and bring back what you heard',
    'Prototype in days with {skill}, then make it last',
    'Improve our build, from a push to production in under ten minutes',
    'Decide with the team what not to build',
  ],
  requirements: [
    'Comfort on both sides of an API, with {skill} on at least one of them',
    'Experience of running what you wrote, with {skill} or similar',
    'A feeling for product: you ask why before how',
    'Good written English',
  ],
};

export const mobile: JobFamily = {
  ...inSoftware,
  name: 'mobile',
  titles: [
    ['iOS Engineer', 'Swift', 'SwiftUI'],
    ['Android Engineer', 'Kotlin', 'Jetpack Compose'],
    ['React Native Developer', 'React Native', 'TypeScript'],
    ['Flutter Developer', 'Flutter', 'Dart'],
    ['Mobile Engineer, Checkout', 'Kotlin', 'Swift'],
  ],
  skills: ['GraphQL', 'Firebase', 'CI/CD', 'Bluetooth LE', 'unit testing', 'offline sync'],
  yearlyPay: [110_000, 155_000],
  duties: [
    'Build and ship our app with {skill} to millions of devices',
    'Make it start fast and work in a tunnel',
    'Own releases: staged roll-outs, crash rates, store reviews',
    'Work with backend engineers on APIs that suit a small screen',
  ],
  requirements: [
    'At least one published app built with {skill}',
    'Knowledge of {skill} and of the platform’s own guidelines',
    'Experience with automated tests on real devices',
    'Patience with app store reviews',
  ],
};

export const platform: JobFamily = {
  ...inSoftware,
  name: 'platform',
  department: 'Infrastructure',
  remotiveCategory: 'DevOps / Sysadmin',
  jobicyIndustry: 'DevOps & Infrastructure',
  titles: [
    ['DevOps Engineer', 'Terraform', 'AWS'],
    ['Site Reliability Engineer', 'Kubernetes', 'Prometheus'],
    ['Platform Engineer', 'Kubernetes', 'Go'],
    ['Cloud Engineer (Azure)', 'Azure', 'Terraform'],
    ['Database Reliability Engineer', 'PostgreSQL', 'Linux'],
    ['Linux Systems Administrator', 'Linux', 'Ansible'],
    ['Network Engineer', 'BGP', 'Linux'],
  ],
  skills: ['Docker', 'GitHub Actions', 'Grafana', 'Helm', 'Python', 'Argo CD', 'Google Cloud'],
  yearlyPay: [115_000, 160_000],
  duties: [
    'Run our clusters with {skill} and keep upgrades boring',
    'Give product teams a paved road from a repository to production',
    'Plan capacity and bring the cloud bill down without anybody noticing',
    'Lead incident reviews that look for causes and not for people',
    'Automate the task that you have done twice',
  ],
  requirements: [
    'Hands-on work with {skill} at some scale',
    'Infrastructure as code as a habit, with {skill} or similar',
    'A calm head at three in the morning, and the will to make that rare',
    'Scripting in Python, Go or a shell',
  ],
};

export const quality: JobFamily = {
  ...inSoftware,
  name: 'quality',
  remotiveCategory: 'QA',
  jobicyIndustry: 'QA & Testing',
  titles: [
    ['QA Engineer', 'test plans', 'Jira'],
    ['Test Automation Engineer', 'Playwright', 'TypeScript'],
    ['Software Engineer in Test', 'Java', 'Selenium'],
    ['Performance Test Engineer', 'k6', 'Grafana'],
  ],
  skills: ['Cypress', 'REST APIs', 'SQL', 'Appium', 'CI/CD', 'Postman'],
  yearlyPay: [85_000, 120_000],
  duties: [
    'Own the test strategy of two product teams',
    'Automate end-to-end tests with {skill} and keep them honest',
    'Reproduce what customers report, down to the smallest case',
    'Find the gap in a specification before it becomes a bug',
  ],
  requirements: [
    'Experience in testing web or mobile products, with {skill}',
    'You read code and can write enough of it, with {skill} for instance',
    'A knack for the case nobody thought of',
  ],
};

export const security: JobFamily = {
  ...inSoftware,
  name: 'security',
  department: 'Security',
  jobicyIndustry: 'Cybersecurity',
  titles: [
    ['Security Engineer', 'threat modelling', 'AWS'],
    ['Application Security Engineer', 'OWASP', 'Python'],
    ['SOC Analyst', 'SIEM', 'incident response'],
    ['Penetration Tester', 'Burp Suite', 'OWASP'],
    ['Information Security Manager', 'ISO 27001', 'SOC 2'],
  ],
  skills: ['Kubernetes', 'OAuth', 'Terraform', 'Linux', 'zero trust', 'Go'],
  yearlyPay: [120_000, 165_000],
  duties: [
    'Review designs early, when a change is still cheap',
    'Run our bug bounty and thank those who report to it',
    'Build guard rails with {skill} so that the safe way is the easy way',
    'Practise incidents before they happen',
  ],
  requirements: [
    'A background in {skill} and in explaining risk without fear',
    'Knowledge of {skill} and common attacks on web applications',
    'You can say no and offer another way',
  ],
};

export const embedded: JobFamily = {
  ...inSoftware,
  name: 'embedded',
  titles: [
    ['Embedded Software Engineer', 'C', 'RTOS'],
    ['Firmware Engineer', 'C++', 'Bluetooth LE'],
    ['Robotics Software Engineer', 'ROS 2', 'C++'],
    ['Electrical Engineer', 'PCB design', 'Altium'],
  ],
  skills: ['Python', 'Linux', 'CAN bus', 'Zephyr', 'MISRA C'],
  yearlyPay: [105_000, 145_000],
  remote: 0.1,
  hybrid: 0.4,
  duties: [
    'Write firmware in {skill} for devices that stay in the field for ten years',
    'Bring up new boards together with the hardware team',
    'Squeeze another month out of a battery',
    'Build the test rig that lets others sleep',
  ],
  requirements: [
    'A degree in engineering or the experience that stands in for it',
    'Fluency in {skill} and with an oscilloscope',
    'Experience with {skill} or another embedded platform',
  ],
};
