--
-- PostgreSQL database dump
--


-- Dumped from database version 18.4
-- Dumped by pg_dump version 18.4

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: refuse_change(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION '% only grow: % is refused', TG_TABLE_NAME, lower(TG_OP); END $$;


--
-- Name: refuse_out_of_order(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.refuse_out_of_order() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM records) OR NEW.previous <> coalesce((SELECT hash FROM records ORDER BY number DESC LIMIT 1), NEW.previous) THEN RAISE EXCEPTION 'a record follows the last one'; END IF; RETURN NEW; END $$;


SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: accounts; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.accounts (
    id text NOT NULL,
    login text NOT NULL,
    login_folded text NOT NULL,
    name text NOT NULL,
    role text NOT NULL,
    password text NOT NULL,
    sites text,
    disabled boolean NOT NULL,
    failed integer NOT NULL,
    locked_until character varying(27)
);


--
-- Name: alembic_version; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);


--
-- Name: keys; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.keys (
    name character varying(20) NOT NULL,
    key bytea NOT NULL
);


--
-- Name: links; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.links (
    id text NOT NULL,
    token text NOT NULL,
    audience text NOT NULL,
    subject text,
    site text,
    detail text NOT NULL,
    language text NOT NULL,
    created character varying(27) NOT NULL,
    expires character varying(27),
    revoked character varying(27),
    fetched character varying(27)
);


--
-- Name: records; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.records (
    number integer NOT NULL,
    at character varying(27) NOT NULL,
    on_day character varying(10),
    who_id text NOT NULL,
    who_name text NOT NULL,
    who_role text NOT NULL,
    subject text,
    event integer,
    kind text NOT NULL,
    body text NOT NULL,
    reason text,
    signed text,
    supersedes integer,
    protocol character varying(64),
    engine text NOT NULL,
    previous character varying(64) NOT NULL,
    hash character varying(64) NOT NULL
);


--
-- Name: sessions; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.sessions (
    token text NOT NULL,
    account text NOT NULL,
    created character varying(27) NOT NULL,
    seen character varying(27) NOT NULL,
    expires character varying(27) NOT NULL
);


--
-- Name: texts; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.texts (
    digest character varying(64) NOT NULL,
    text text NOT NULL
);


--
-- Data for Name: accounts; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.accounts VALUES ('id-pharmacist', 'pharmacist', 'pharmacist', 'Dr Pharmacist', 'pharmacist', '$argon2id$v=19$m=8,t=1,p=1$a6D9HSdReP54DVr35tbGIQ$wdbOJBoSNiqAFMKxiO5ksTvUBmNR0u4dXln8vWxVFY4', NULL, false, 0, NULL);


--
-- Data for Name: alembic_version; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.alembic_version VALUES ('0001');


--
-- Data for Name: keys; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.keys VALUES ('feeds', '\x000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f');


--
-- Data for Name: links; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.links VALUES ('l-coordinator', 'c49ecf96dc090d694558c46ae4f7f2b593217d72677e1b0e74785ab895b408f1', 'coordinator', NULL, 'Shanghai', 'standard', 'en', '2026-05-18T10:00:00.000000Z', '2027-06-22T10:00:00.000000Z', NULL, NULL);
INSERT INTO public.links VALUES ('l-coordinator-beijing', 'f7d5f3ad46832c3415899d1a3ffc3e194cbc487c2806e75aefeb295b5076830f', 'coordinator', NULL, 'Beijing', 'full', 'zh', '2026-05-18T10:00:00.000000Z', '2027-06-22T10:00:00.000000Z', NULL, NULL);
INSERT INTO public.links VALUES ('l-ctl-102', 'cff20640169ee98b0c80ded50796d5c7174a0505dcfc0d79b96b752626b51458', 'patient', 'CTL-102', NULL, 'standard', 'en', '2026-05-18T10:00:00.000000Z', '2027-06-22T10:00:00.000000Z', NULL, NULL);
INSERT INTO public.links VALUES ('l-exp-101', '14d8e5f52acebb6d6829aa3febf9b21145534df6641ac88782030cf83d286b7d', 'patient', 'EXP-101', NULL, 'neutral', 'en', '2026-05-18T10:00:00.000000Z', '2027-06-22T10:00:00.000000Z', NULL, NULL);
INSERT INTO public.links VALUES ('l-exp-101-full-zh', '59ffbff4185593feac333da13208845190d2f2e2b05534a815faf6a6fd9c2cf8', 'patient', 'EXP-101', NULL, 'full', 'zh', '2026-05-18T10:00:00.000000Z', '2027-06-22T10:00:00.000000Z', NULL, NULL);
INSERT INTO public.links VALUES ('l-exp-103', '17c275995d86e02385fe4bf7f507732f907796855213317741cba948a451891f', 'patient', 'EXP-103', NULL, 'neutral', 'zh', '2026-05-18T10:00:00.000000Z', '2027-06-22T10:00:00.000000Z', NULL, NULL);
INSERT INTO public.links VALUES ('l-pharmacy', '59b94b68471d638e4c07d93276c818010dbbf8b7e64af4402c464a0d50dd9685', 'pharmacy', NULL, 'Shanghai', 'standard', 'en', '2026-05-18T10:00:00.000000Z', '2027-06-22T10:00:00.000000Z', NULL, NULL);
INSERT INTO public.links VALUES ('l-revoked', '6f1af5453e1b784b180fa1457275330132fc464893179437577893a90be47a6e', 'patient', 'CTL-102', NULL, 'neutral', 'en', '2026-05-18T10:00:00.000000Z', '2027-06-22T10:00:00.000000Z', '2026-05-18T10:00:00.000000Z', NULL);


--
-- Data for Name: records; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.records VALUES (1, '2026-02-20T08:00:00.000000Z', NULL, 'u-1', 'Nurse 王', 'coordinator', NULL, NULL, 'study made', '{"feed_key":"630dcd2966c4336691125448bbb25b4ff412a49c732db2c8abc1b8581bd710dd"}', NULL, NULL, NULL, NULL, '0.1.0', '0000000000000000000000000000000000000000000000000000000000000000', '3f380501cd5c1a9ec13ed133da38c0d554d7ee0e87795891246da698c5c45b16');
INSERT INTO public.records VALUES (2, '2026-02-20T08:00:00.000000Z', NULL, 'u-1', 'Nurse 王', 'coordinator', NULL, NULL, 'protocol added', '{"file":"protocol-1.0.yaml","text":"d5989ef14600c38f6a596c581bd328a07f2cb459b2caf6024dd57c3b2c11c566","version":"1.0"}', NULL, NULL, NULL, 'd5989ef14600c38f6a596c581bd328a07f2cb459b2caf6024dd57c3b2c11c566', '0.1.0', '3f380501cd5c1a9ec13ed133da38c0d554d7ee0e87795891246da698c5c45b16', '7d6f7b47f1348a17d81d9f84f458ecfb196f70a21c56b7a9a8e6f6282bc68d0e');
INSERT INTO public.records VALUES (3, '2026-02-20T08:00:00.000000Z', NULL, 'u-1', 'Nurse 王', 'coordinator', NULL, NULL, 'site added', '{"file":"site.yaml","holidays":"ce084b68f31a1aa2f05c912cc51a55086b59b52ecccfc8f5e75bcb7b5d572aaf","site":"Shanghai","text":"c86c26d2ef537da0999b60ce6a7728e3386c142c4e3bcce987ac40ac25836e62"}', NULL, NULL, NULL, NULL, '0.1.0', '7d6f7b47f1348a17d81d9f84f458ecfb196f70a21c56b7a9a8e6f6282bc68d0e', 'cf613f101fdea0cef1f8cb939d230b15dc192165551b69d228834bdf10c0a632');
INSERT INTO public.records VALUES (4, '2026-02-20T08:00:00.000000Z', NULL, 'u-1', 'Nurse 王', 'coordinator', NULL, NULL, 'site added', '{"file":"site-beijing.yaml","holidays":"ce084b68f31a1aa2f05c912cc51a55086b59b52ecccfc8f5e75bcb7b5d572aaf","site":"Beijing","text":"24784fc7d65b2a3c699f08d81f794228a78c69a2eb5a22abae08d0b1b3d96f52"}', NULL, NULL, NULL, NULL, '0.1.0', 'cf613f101fdea0cef1f8cb939d230b15dc192165551b69d228834bdf10c0a632', '9d2d679ff97a7f926dc44920cc9c22d00a52ef587e3e54fc97ed068a0f69da39');
INSERT INTO public.records VALUES (5, '2026-03-01T08:00:00.000000Z', NULL, 'u-1', 'Nurse 王', 'coordinator', 'EXP-101', NULL, 'subject enrolled', '{"keys":{},"protocol":"d5989ef14600c38f6a596c581bd328a07f2cb459b2caf6024dd57c3b2c11c566","site":"Shanghai"}', NULL, NULL, NULL, 'd5989ef14600c38f6a596c581bd328a07f2cb459b2caf6024dd57c3b2c11c566', '0.1.0', '9d2d679ff97a7f926dc44920cc9c22d00a52ef587e3e54fc97ed068a0f69da39', '25028ed200161e40d05723fdd6708407e1a6898e35ac3af2691b25b6c5fd203f');
INSERT INTO public.records VALUES (6, '2026-03-24T02:00:00.000000Z', NULL, 'u-1', 'Nurse 王', 'coordinator', 'EXP-103', NULL, 'subject enrolled', '{"keys":{},"protocol":"d5989ef14600c38f6a596c581bd328a07f2cb459b2caf6024dd57c3b2c11c566","site":"Shanghai"}', NULL, NULL, NULL, 'd5989ef14600c38f6a596c581bd328a07f2cb459b2caf6024dd57c3b2c11c566', '0.1.0', '25028ed200161e40d05723fdd6708407e1a6898e35ac3af2691b25b6c5fd203f', 'e0fa54b335181d91b8c123d920bc9b2041da20ce1e01aa2cea29174c20f7e728');
INSERT INTO public.records VALUES (7, '2026-05-06T02:00:00.000000Z', NULL, 'u-1', 'Nurse 王', 'coordinator', 'CTL-102', NULL, 'subject enrolled', '{"keys":{},"protocol":"d5989ef14600c38f6a596c581bd328a07f2cb459b2caf6024dd57c3b2c11c566","site":"Shanghai"}', NULL, NULL, NULL, 'd5989ef14600c38f6a596c581bd328a07f2cb459b2caf6024dd57c3b2c11c566', '0.1.0', 'e0fa54b335181d91b8c123d920bc9b2041da20ce1e01aa2cea29174c20f7e728', '63ffd2ec0c0f47392fdaed8c6ce43f926359ff004f66aab70821e3c974b304e2');
INSERT INTO public.records VALUES (8, '2026-03-06T07:00:00.000000Z', '2026-02-24', 'u-1', 'Nurse 王', 'coordinator', 'EXP-101', 1, 'consented', '{"event":"consented","on":"2026-02-24","recorded":"2026-03-06T07:00:00Z"}', NULL, NULL, NULL, 'd5989ef14600c38f6a596c581bd328a07f2cb459b2caf6024dd57c3b2c11c566', '0.1.0', '63ffd2ec0c0f47392fdaed8c6ce43f926359ff004f66aab70821e3c974b304e2', '2cc3e161210beed69d358ba92bc456c96a34bd71b8747dec879a712210bb0cd2');
INSERT INTO public.records VALUES (9, '2026-03-06T07:00:00.000000Z', '2026-02-26', 'u-1', 'Nurse 王', 'coordinator', 'EXP-101', 2, 'visit done', '{"entry":"screening.1","event":"visit done","on":"2026-02-26","recorded":"2026-03-06T07:00:00Z"}', NULL, NULL, NULL, 'd5989ef14600c38f6a596c581bd328a07f2cb459b2caf6024dd57c3b2c11c566', '0.1.0', '2cc3e161210beed69d358ba92bc456c96a34bd71b8747dec879a712210bb0cd2', 'b82af2339d01b6e01691c7546e9eed25afec3a2f94a96560098ca1e4c14709de');
INSERT INTO public.records VALUES (10, '2026-03-06T07:00:00.000000Z', '2026-02-27', 'u-1', 'Nurse 王', 'coordinator', 'EXP-101', 3, 'visit done', '{"entry":"imaging.0","event":"visit done","on":"2026-02-27","recorded":"2026-03-06T07:00:00Z"}', NULL, NULL, NULL, 'd5989ef14600c38f6a596c581bd328a07f2cb459b2caf6024dd57c3b2c11c566', '0.1.0', 'b82af2339d01b6e01691c7546e9eed25afec3a2f94a96560098ca1e4c14709de', 'a76dcc1f8c1d198f79264ab14ed52fc887a920382c847955b5ef1f25e3daf73a');
INSERT INTO public.records VALUES (11, '2026-03-06T07:00:00.000000Z', '2026-03-05', 'u-1', 'Nurse 王', 'coordinator', 'EXP-101', 4, 'screened', '{"by":"Dr Example","event":"screened","on":"2026-03-05","recorded":"2026-03-06T07:00:00Z"}', NULL, NULL, NULL, 'd5989ef14600c38f6a596c581bd328a07f2cb459b2caf6024dd57c3b2c11c566', '0.1.0', 'a76dcc1f8c1d198f79264ab14ed52fc887a920382c847955b5ef1f25e3daf73a', '3789bcc7c28f6f5f01a0754e610644c56c625a302fea90d4ea8ed19bb9daac1c');
INSERT INTO public.records VALUES (12, '2026-03-06T07:00:00.000000Z', '2026-03-06', 'u-1', 'Nurse 王', 'coordinator', 'EXP-101', 5, 'randomised', '{"arm":"experimental","event":"randomised","on":"2026-03-06","recorded":"2026-03-06T07:00:00Z"}', NULL, NULL, NULL, 'd5989ef14600c38f6a596c581bd328a07f2cb459b2caf6024dd57c3b2c11c566', '0.1.0', '3789bcc7c28f6f5f01a0754e610644c56c625a302fea90d4ea8ed19bb9daac1c', '0e2b2e3895b793906b4323add35b386ac93a05cca50cae012e12dd9cb43097ad');
INSERT INTO public.records VALUES (13, '2026-03-09T03:00:00.000000Z', '2026-03-09', 'u-1', 'Nurse 王', 'coordinator', 'EXP-101', 6, 'dispensed', '{"cycle":1,"event":"dispensed","expires":"2027-10-31","lot":"R2511A","on":"2026-03-09","quantity":56,"recorded":"2026-03-09T03:00:00Z","treatment":"regorafenib"}', NULL, NULL, NULL, 'd5989ef14600c38f6a596c581bd328a07f2cb459b2caf6024dd57c3b2c11c566', '0.1.0', '0e2b2e3895b793906b4323add35b386ac93a05cca50cae012e12dd9cb43097ad', '45e6be6d58211d959dd6cad7e02e9022077ea8746f13310c72de9eaed48ea2cd');
INSERT INTO public.records VALUES (14, '2026-03-09T03:00:00.000000Z', '2026-03-09', 'u-1', 'Nurse 王', 'coordinator', 'EXP-101', 7, 'cycle started', '{"cycle":1,"event":"cycle started","on":"2026-03-09","recorded":"2026-03-09T03:00:00Z","treatment":"regorafenib"}', NULL, NULL, NULL, 'd5989ef14600c38f6a596c581bd328a07f2cb459b2caf6024dd57c3b2c11c566', '0.1.0', '45e6be6d58211d959dd6cad7e02e9022077ea8746f13310c72de9eaed48ea2cd', '59f152808d0d926d5d784ed7ff86fdebad7aed2f44ae2bc99d098f5c711c6223');
INSERT INTO public.records VALUES (15, '2026-03-09T03:00:00.000000Z', '2026-03-09', 'u-1', 'Nurse 王', 'coordinator', 'EXP-101', 8, 'given', '{"at":"10:30","event":"given","n":1,"on":"2026-03-09","recorded":"2026-03-09T03:00:00Z","treatment":"toripalimab"}', NULL, NULL, NULL, 'd5989ef14600c38f6a596c581bd328a07f2cb459b2caf6024dd57c3b2c11c566', '0.1.0', '59f152808d0d926d5d784ed7ff86fdebad7aed2f44ae2bc99d098f5c711c6223', 'f2650fe0d083e8af1a9effde3132cfaf52cc2fbdff5fcf50b27994f95415f511');
INSERT INTO public.records VALUES (16, '2026-03-09T03:00:00.000000Z', '2026-03-09', 'u-1', 'Nurse 王', 'coordinator', 'EXP-101', 9, 'booked', '{"at":"09:00","entry":"c1d8.1","event":"booked","on":"2026-03-09","recorded":"2026-03-09T03:00:00Z","to":"2026-03-16"}', NULL, NULL, NULL, 'd5989ef14600c38f6a596c581bd328a07f2cb459b2caf6024dd57c3b2c11c566', '0.1.0', 'f2650fe0d083e8af1a9effde3132cfaf52cc2fbdff5fcf50b27994f95415f511', '80b574e72d21d127a104503632452b27c623d50f9049007180f93f1c71ad985c');
INSERT INTO public.records VALUES (17, '2026-03-23T08:00:00.000000Z', '2026-03-16', 'u-1', 'Nurse 王', 'coordinator', 'EXP-101', 10, 'visit done', '{"entry":"c1d8.1","event":"visit done","on":"2026-03-16","recorded":"2026-03-23T08:00:00Z"}', NULL, NULL, NULL, 'd5989ef14600c38f6a596c581bd328a07f2cb459b2caf6024dd57c3b2c11c566', '0.1.0', '80b574e72d21d127a104503632452b27c623d50f9049007180f93f1c71ad985c', 'e7ea8315f8f3c7596bef6ebf08b096353141c817cc553c3a8e2c2d4e94979727');
INSERT INTO public.records VALUES (18, '2026-03-23T08:00:00.000000Z', '2026-03-23', 'u-1', 'Nurse 王', 'coordinator', 'EXP-101', 11, 'visit done', '{"entry":"c1d15.1","event":"visit done","on":"2026-03-23","recorded":"2026-03-23T08:00:00Z"}', NULL, NULL, NULL, 'd5989ef14600c38f6a596c581bd328a07f2cb459b2caf6024dd57c3b2c11c566', '0.1.0', 'e7ea8315f8f3c7596bef6ebf08b096353141c817cc553c3a8e2c2d4e94979727', '49c273ccd5ba547d2979d325f015e1d5dfcf3f342e6b02abef2c3ce5a3499121');
INSERT INTO public.records VALUES (19, '2026-03-23T08:00:00.000000Z', '2026-03-23', 'u-1', 'Nurse 王', 'coordinator', 'EXP-101', 12, 'visit done', '{"entry":"planning-ct.1","event":"visit done","on":"2026-03-23","recorded":"2026-03-23T08:00:00Z"}', NULL, NULL, NULL, 'd5989ef14600c38f6a596c581bd328a07f2cb459b2caf6024dd57c3b2c11c566', '0.1.0', '49c273ccd5ba547d2979d325f015e1d5dfcf3f342e6b02abef2c3ce5a3499121', 'b50d12fa3d7138e620dc00887a4d92a78c30896638e63b7d7670f6d722f6e2e1');
INSERT INTO public.records VALUES (20, '2026-03-23T08:00:00.000000Z', '2026-03-23', 'u-1', 'Nurse 王', 'coordinator', 'EXP-101', 13, 'prescribed', '{"by":"Dr Example","course":"hypofractionated","event":"prescribed","on":"2026-03-23","per_fraction":"8","recorded":"2026-03-23T08:00:00Z","treatment":"radiotherapy","unit":"Gy"}', NULL, NULL, NULL, 'd5989ef14600c38f6a596c581bd328a07f2cb459b2caf6024dd57c3b2c11c566', '0.1.0', 'b50d12fa3d7138e620dc00887a4d92a78c30896638e63b7d7670f6d722f6e2e1', 'db6fed586c88c0de3dedf67ab7dfd99593aa22d54a1bb13bc435eea2ea43c4a3');
INSERT INTO public.records VALUES (21, '2026-03-23T08:00:00.000000Z', '2026-03-23', 'u-1', 'Nurse 王', 'coordinator', 'EXP-101', 14, 'prescribed', '{"by":"Dr Example","course":"low-dose","event":"prescribed","on":"2026-03-23","per_fraction":"1","recorded":"2026-03-23T08:00:00Z","treatment":"radiotherapy","unit":"Gy"}', NULL, NULL, NULL, 'd5989ef14600c38f6a596c581bd328a07f2cb459b2caf6024dd57c3b2c11c566', '0.1.0', 'db6fed586c88c0de3dedf67ab7dfd99593aa22d54a1bb13bc435eea2ea43c4a3', '7668bfaadb45b9ddbc42a700ab6380bfb048e7e9539f124a406befd57464b6c1');
INSERT INTO public.records VALUES (22, '2026-04-03T09:00:00.000000Z', '2026-03-30', 'u-1', 'Nurse 王', 'coordinator', 'EXP-101', 15, 'given', '{"event":"given","n":1,"on":"2026-03-30","recorded":"2026-04-03T09:00:00Z","treatment":"radiotherapy"}', NULL, NULL, NULL, 'd5989ef14600c38f6a596c581bd328a07f2cb459b2caf6024dd57c3b2c11c566', '0.1.0', '7668bfaadb45b9ddbc42a700ab6380bfb048e7e9539f124a406befd57464b6c1', '975ce27b17420ed9594c3fe4e26510c720e62b1ef2aa5cacb9a909aaa8a1c1b7');
INSERT INTO public.records VALUES (23, '2026-04-03T09:00:00.000000Z', '2026-03-31', 'u-1', 'Nurse 王', 'coordinator', 'EXP-101', 16, 'given', '{"event":"given","n":2,"on":"2026-03-31","recorded":"2026-04-03T09:00:00Z","treatment":"radiotherapy"}', NULL, NULL, NULL, 'd5989ef14600c38f6a596c581bd328a07f2cb459b2caf6024dd57c3b2c11c566', '0.1.0', '975ce27b17420ed9594c3fe4e26510c720e62b1ef2aa5cacb9a909aaa8a1c1b7', '08015a81029b91d8feaf98c2fbfead93ec0a85bf37cd7b8f0d6f293b6a62383d');
INSERT INTO public.records VALUES (24, '2026-04-03T09:00:00.000000Z', '2026-04-01', 'u-1', 'Nurse 王', 'coordinator', 'EXP-101', 17, 'given', '{"event":"given","n":3,"on":"2026-04-01","recorded":"2026-04-03T09:00:00Z","treatment":"radiotherapy"}', NULL, NULL, NULL, 'd5989ef14600c38f6a596c581bd328a07f2cb459b2caf6024dd57c3b2c11c566', '0.1.0', '08015a81029b91d8feaf98c2fbfead93ec0a85bf37cd7b8f0d6f293b6a62383d', '9fa7f8ce3c0e8fba4e143f91ab72d1427e2acfad4ef4a03d5bf425b1d3f8e472');
INSERT INTO public.records VALUES (25, '2026-04-03T09:00:00.000000Z', '2026-04-02', 'u-1', 'Nurse 王', 'coordinator', 'EXP-101', 18, 'given', '{"event":"given","n":4,"on":"2026-04-02","recorded":"2026-04-03T09:00:00Z","treatment":"radiotherapy"}', NULL, NULL, NULL, 'd5989ef14600c38f6a596c581bd328a07f2cb459b2caf6024dd57c3b2c11c566', '0.1.0', '9fa7f8ce3c0e8fba4e143f91ab72d1427e2acfad4ef4a03d5bf425b1d3f8e472', '1c1dc74b3761c2a4a8e74fb1912d206095973ee31800fed17b9a2d270bf36ee4');
INSERT INTO public.records VALUES (26, '2026-04-03T09:00:00.000000Z', '2026-04-03', 'u-1', 'Nurse 王', 'coordinator', 'EXP-101', 19, 'given', '{"event":"given","n":5,"on":"2026-04-03","recorded":"2026-04-03T09:00:00Z","treatment":"radiotherapy"}', NULL, NULL, NULL, 'd5989ef14600c38f6a596c581bd328a07f2cb459b2caf6024dd57c3b2c11c566', '0.1.0', '1c1dc74b3761c2a4a8e74fb1912d206095973ee31800fed17b9a2d270bf36ee4', '9abbdce2dc3f054f8d2c6ae384b709ec305ebdb5c1befa2f5f452d2f3ee48d53');
INSERT INTO public.records VALUES (27, '2026-04-07T04:00:00.000000Z', '2026-04-07', 'u-1', 'Nurse 王', 'coordinator', 'EXP-101', 20, 'returned', '{"cycle":1,"event":"returned","on":"2026-04-07","quantity":14,"recorded":"2026-04-07T04:00:00Z","treatment":"regorafenib"}', NULL, NULL, NULL, 'd5989ef14600c38f6a596c581bd328a07f2cb459b2caf6024dd57c3b2c11c566', '0.1.0', '9abbdce2dc3f054f8d2c6ae384b709ec305ebdb5c1befa2f5f452d2f3ee48d53', 'e7606580d18710200d66e71aa743f1dfcfcdcb9ef88f43c64f5469c58fa80bc2');
INSERT INTO public.records VALUES (28, '2026-04-07T04:00:00.000000Z', '2026-04-07', 'u-1', 'Nurse 王', 'coordinator', 'EXP-101', 21, 'dispensed', '{"cycle":2,"event":"dispensed","expires":"2027-10-31","lot":"R2511A","on":"2026-04-07","quantity":56,"recorded":"2026-04-07T04:00:00Z","treatment":"regorafenib"}', NULL, NULL, NULL, 'd5989ef14600c38f6a596c581bd328a07f2cb459b2caf6024dd57c3b2c11c566', '0.1.0', 'e7606580d18710200d66e71aa743f1dfcfcdcb9ef88f43c64f5469c58fa80bc2', '41d988d688554d94dfb1afacecce6883a1b6878b969319817caf329cc6a29edd');
INSERT INTO public.records VALUES (29, '2026-04-07T04:00:00.000000Z', '2026-04-07', 'u-1', 'Nurse 王', 'coordinator', 'EXP-101', 22, 'cycle started', '{"cycle":2,"event":"cycle started","on":"2026-04-07","recorded":"2026-04-07T04:00:00Z","treatment":"regorafenib"}', NULL, NULL, NULL, 'd5989ef14600c38f6a596c581bd328a07f2cb459b2caf6024dd57c3b2c11c566', '0.1.0', '41d988d688554d94dfb1afacecce6883a1b6878b969319817caf329cc6a29edd', '62b1aa0edb2c120199a77ba7eebf825d02053c99572273912cefb6793fc7bf41');
INSERT INTO public.records VALUES (30, '2026-04-07T04:00:00.000000Z', '2026-04-08', 'u-1', 'Nurse 王', 'coordinator', 'EXP-101', 23, 'given', '{"event":"given","n":2,"on":"2026-04-08","recorded":"2026-04-07T04:00:00Z","treatment":"toripalimab"}', NULL, NULL, NULL, 'd5989ef14600c38f6a596c581bd328a07f2cb459b2caf6024dd57c3b2c11c566', '0.1.0', '62b1aa0edb2c120199a77ba7eebf825d02053c99572273912cefb6793fc7bf41', '6741153466d70362a06310223c202c8ad351022aaecede9ce45204e6ed5c5590');
INSERT INTO public.records VALUES (31, '2026-04-07T08:00:00.000000Z', '2026-03-24', 'u-1', 'Nurse 王', 'coordinator', 'EXP-103', 1, 'consented', '{"event":"consented","on":"2026-03-24","recorded":"2026-04-07T08:00:00Z"}', NULL, NULL, NULL, 'd5989ef14600c38f6a596c581bd328a07f2cb459b2caf6024dd57c3b2c11c566', '0.1.0', '6741153466d70362a06310223c202c8ad351022aaecede9ce45204e6ed5c5590', 'c13540dd919da6ef607ff75bfc53d4676dfe9c633c2b353d4f6d58f8addae4ba');
INSERT INTO public.records VALUES (32, '2026-04-07T08:00:00.000000Z', '2026-03-26', 'u-1', 'Nurse 王', 'coordinator', 'EXP-103', 2, 'visit done', '{"entry":"screening.1","event":"visit done","on":"2026-03-26","recorded":"2026-04-07T08:00:00Z"}', NULL, NULL, NULL, 'd5989ef14600c38f6a596c581bd328a07f2cb459b2caf6024dd57c3b2c11c566', '0.1.0', 'c13540dd919da6ef607ff75bfc53d4676dfe9c633c2b353d4f6d58f8addae4ba', 'abe42cfb9ba0845957357f9072d6d5f3acbcd0d210f157dee474fd35993a11d5');
INSERT INTO public.records VALUES (33, '2026-04-07T08:00:00.000000Z', '2026-03-27', 'u-1', 'Nurse 王', 'coordinator', 'EXP-103', 3, 'visit done', '{"entry":"imaging.0","event":"visit done","on":"2026-03-27","recorded":"2026-04-07T08:00:00Z"}', NULL, NULL, NULL, 'd5989ef14600c38f6a596c581bd328a07f2cb459b2caf6024dd57c3b2c11c566', '0.1.0', 'abe42cfb9ba0845957357f9072d6d5f3acbcd0d210f157dee474fd35993a11d5', '556d9af72667fb7fae2d1ba095f336c8d3d7d4f117a04c624ae4ac37d58c7e74');
INSERT INTO public.records VALUES (34, '2026-04-07T08:00:00.000000Z', '2026-04-03', 'u-1', 'Nurse 王', 'coordinator', 'EXP-103', 4, 'screened', '{"by":"Dr Example","event":"screened","on":"2026-04-03","recorded":"2026-04-07T08:00:00Z"}', NULL, NULL, NULL, 'd5989ef14600c38f6a596c581bd328a07f2cb459b2caf6024dd57c3b2c11c566', '0.1.0', '556d9af72667fb7fae2d1ba095f336c8d3d7d4f117a04c624ae4ac37d58c7e74', '55fc398cbc6d038f6dbd0d3cb43847a3286d944861129ec6477ed29a2b35d468');
INSERT INTO public.records VALUES (35, '2026-04-07T08:00:00.000000Z', '2026-04-07', 'u-1', 'Nurse 王', 'coordinator', 'EXP-103', 5, 'randomised', '{"arm":"experimental","event":"randomised","on":"2026-04-07","recorded":"2026-04-07T08:00:00Z"}', NULL, NULL, NULL, 'd5989ef14600c38f6a596c581bd328a07f2cb459b2caf6024dd57c3b2c11c566', '0.1.0', '55fc398cbc6d038f6dbd0d3cb43847a3286d944861129ec6477ed29a2b35d468', '7eb31d489fec375735a39b078f28deec99067873605470676731cdab2839f9a2');
INSERT INTO public.records VALUES (36, '2026-04-08T05:00:00.000000Z', '2026-04-08', 'u-1', 'Nurse 王', 'coordinator', 'EXP-103', 6, 'dispensed', '{"cycle":1,"event":"dispensed","expires":"2027-10-31","lot":"R2511A","on":"2026-04-08","quantity":56,"recorded":"2026-04-08T05:00:00Z","treatment":"regorafenib"}', NULL, NULL, NULL, 'd5989ef14600c38f6a596c581bd328a07f2cb459b2caf6024dd57c3b2c11c566', '0.1.0', '7eb31d489fec375735a39b078f28deec99067873605470676731cdab2839f9a2', '5557a87d492b5e6d6aee30e87e6071b3f26ed5ae4ed8374483cedece3375bceb');
INSERT INTO public.records VALUES (37, '2026-04-08T05:00:00.000000Z', '2026-04-08', 'u-1', 'Nurse 王', 'coordinator', 'EXP-103', 7, 'cycle started', '{"cycle":1,"event":"cycle started","on":"2026-04-08","recorded":"2026-04-08T05:00:00Z","treatment":"regorafenib"}', NULL, NULL, NULL, 'd5989ef14600c38f6a596c581bd328a07f2cb459b2caf6024dd57c3b2c11c566', '0.1.0', '5557a87d492b5e6d6aee30e87e6071b3f26ed5ae4ed8374483cedece3375bceb', '41b1ee70810a5533e31c236508d3b9bd0e67b8a17c4f2d2123125e71ba79e404');
INSERT INTO public.records VALUES (38, '2026-04-08T05:00:00.000000Z', '2026-04-08', 'u-1', 'Nurse 王', 'coordinator', 'EXP-103', 8, 'given', '{"at":"11:00","event":"given","n":1,"on":"2026-04-08","recorded":"2026-04-08T05:00:00Z","treatment":"toripalimab"}', NULL, NULL, NULL, 'd5989ef14600c38f6a596c581bd328a07f2cb459b2caf6024dd57c3b2c11c566', '0.1.0', '41b1ee70810a5533e31c236508d3b9bd0e67b8a17c4f2d2123125e71ba79e404', 'e9ff858a40ea6195453ecc8abc9b29168a7b32f967398d4387603dc7508fb73f');
INSERT INTO public.records VALUES (39, '2026-04-08T09:00:00.000000Z', '2026-04-08', 'u-1', 'Nurse 王', 'coordinator', 'EXP-101', 24, 'corrected', '{"event":"corrected","number":23,"on":"2026-04-08","reason":"written a day late","recorded":"2026-04-08T09:00:00Z","with":{"at":"10:00","event":"given","n":2,"on":"2026-04-07","treatment":"toripalimab"}}', 'written a day late', NULL, 23, 'd5989ef14600c38f6a596c581bd328a07f2cb459b2caf6024dd57c3b2c11c566', '0.1.0', 'e9ff858a40ea6195453ecc8abc9b29168a7b32f967398d4387603dc7508fb73f', '45b5aefd8bd3b563f85747b1620043e235b18a2e2cdc44bc42c02371928bb7f8');
INSERT INTO public.records VALUES (40, '2026-04-15T08:00:00.000000Z', '2026-04-15', 'u-1', 'Nurse 王', 'coordinator', 'EXP-101', 25, 'adverse event', '{"ae":1,"event":"adverse event","grade":3,"on":"2026-04-15","onset":"2026-04-14","recorded":"2026-04-15T08:00:00Z","related":["regorafenib"],"term":"Palmar-plantar erythrodysesthesia syndrome"}', NULL, NULL, NULL, 'd5989ef14600c38f6a596c581bd328a07f2cb459b2caf6024dd57c3b2c11c566', '0.1.0', '45b5aefd8bd3b563f85747b1620043e235b18a2e2cdc44bc42c02371928bb7f8', '6049273753b363603624db92f1397d117540a85d2d6cf8de9845e2b7a4032739');
INSERT INTO public.records VALUES (41, '2026-04-15T08:00:00.000000Z', '2026-04-15', 'u-1', 'Nurse 王', 'coordinator', 'EXP-101', 26, 'held', '{"by":"Dr Example","event":"held","on":"2026-04-15","reason":"AE 1","recorded":"2026-04-15T08:00:00Z","treatment":"regorafenib"}', 'AE 1', NULL, NULL, 'd5989ef14600c38f6a596c581bd328a07f2cb459b2caf6024dd57c3b2c11c566', '0.1.0', '6049273753b363603624db92f1397d117540a85d2d6cf8de9845e2b7a4032739', 'ce9f53f4cb75860d1258cfa0dba46657faf65442502ef9fc2cebf4922cebfc12');
INSERT INTO public.records VALUES (42, '2026-04-20T08:00:00.000000Z', NULL, 'u-1', 'Nurse 王', 'coordinator', NULL, NULL, 'protocol added', '{"file":"protocol-1.1.yaml","text":"cf8dea463ab503387a92bdb17a4be5c2303dbd59948f61d2b0bc422927d50760","version":"1.1"}', NULL, NULL, NULL, 'cf8dea463ab503387a92bdb17a4be5c2303dbd59948f61d2b0bc422927d50760', '0.1.0', 'ce9f53f4cb75860d1258cfa0dba46657faf65442502ef9fc2cebf4922cebfc12', '525b2c7e4bd8440c8980a5d7482ddc440a04ad6d1eb7e330bb85a9b37895fed6');
INSERT INTO public.records VALUES (43, '2026-04-27T08:00:00.000000Z', '2026-04-22', 'u-1', 'Nurse 王', 'coordinator', 'EXP-103', 9, 'visit done', '{"entry":"c1d15.1","event":"visit done","on":"2026-04-22","recorded":"2026-04-27T08:00:00Z"}', NULL, NULL, NULL, 'd5989ef14600c38f6a596c581bd328a07f2cb459b2caf6024dd57c3b2c11c566', '0.1.0', '525b2c7e4bd8440c8980a5d7482ddc440a04ad6d1eb7e330bb85a9b37895fed6', '2bd461826d9bcd2e89c9b7fc50e9053d0ec689558205091928f9fdd7efaca513');
INSERT INTO public.records VALUES (44, '2026-04-27T08:00:00.000000Z', '2026-04-27', 'u-1', 'Nurse 王', 'coordinator', 'EXP-103', 10, 'consented', '{"event":"consented","on":"2026-04-27","recorded":"2026-04-27T08:00:00Z"}', NULL, NULL, NULL, 'cf8dea463ab503387a92bdb17a4be5c2303dbd59948f61d2b0bc422927d50760', '0.1.0', '2bd461826d9bcd2e89c9b7fc50e9053d0ec689558205091928f9fdd7efaca513', '286cc4fd2a2368f07c417dcf06cda2bc7bcedf992d380e7d690b792961373fa3');
INSERT INTO public.records VALUES (45, '2026-04-27T08:00:00.000000Z', '2026-04-27', 'u-1', 'Nurse 王', 'coordinator', 'EXP-103', 11, 'moved to version', '{"event":"moved to version","on":"2026-04-27","recorded":"2026-04-27T08:00:00Z","version":"1.1"}', NULL, NULL, NULL, 'cf8dea463ab503387a92bdb17a4be5c2303dbd59948f61d2b0bc422927d50760', '0.1.0', '286cc4fd2a2368f07c417dcf06cda2bc7bcedf992d380e7d690b792961373fa3', '1e286149f5f391db9830bd70db386f03a78c86efbb48dfc36693a1b2cd0b3452');
INSERT INTO public.records VALUES (46, '2026-04-27T08:00:00.000000Z', '2026-04-27', 'u-1', 'Nurse 王', 'coordinator', 'EXP-103', 12, 'site transferred', '{"event":"site transferred","on":"2026-04-27","recorded":"2026-04-27T08:00:00Z","site":"Beijing"}', NULL, NULL, NULL, 'cf8dea463ab503387a92bdb17a4be5c2303dbd59948f61d2b0bc422927d50760', '0.1.0', '1e286149f5f391db9830bd70db386f03a78c86efbb48dfc36693a1b2cd0b3452', '647f93615e62c2effe2ef8e8032599a9afdb489b274ca1725bf046ba96b5be86');
INSERT INTO public.records VALUES (47, '2026-04-29T08:00:00.000000Z', '2026-04-21', 'u-1', 'Nurse 王', 'coordinator', 'EXP-101', 27, 'visit done', '{"entry":"c2d15.1","event":"visit done","on":"2026-04-21","recorded":"2026-04-29T08:00:00Z"}', NULL, NULL, NULL, 'd5989ef14600c38f6a596c581bd328a07f2cb459b2caf6024dd57c3b2c11c566', '0.1.0', '647f93615e62c2effe2ef8e8032599a9afdb489b274ca1725bf046ba96b5be86', 'f21235922e9508e2c1cef6163e9c0934b97255815f42a622d123203345d0ec6d');
INSERT INTO public.records VALUES (48, '2026-04-29T08:00:00.000000Z', '2026-04-28', 'u-1', 'Nurse 王', 'coordinator', 'EXP-101', 28, 'given', '{"at":"10:00","event":"given","n":3,"on":"2026-04-28","recorded":"2026-04-29T08:00:00Z","treatment":"toripalimab"}', NULL, NULL, NULL, 'd5989ef14600c38f6a596c581bd328a07f2cb459b2caf6024dd57c3b2c11c566', '0.1.0', 'f21235922e9508e2c1cef6163e9c0934b97255815f42a622d123203345d0ec6d', '6eb51aaecc8a7e78d495f13b9f879e408df22899278d2ae711260eca88fb3bae');
INSERT INTO public.records VALUES (49, '2026-04-29T08:00:00.000000Z', '2026-04-29', 'u-1', 'Nurse 王', 'coordinator', 'EXP-101', 29, 'regraded', '{"ae":1,"event":"regraded","grade":1,"on":"2026-04-29","recorded":"2026-04-29T08:00:00Z"}', NULL, NULL, NULL, 'd5989ef14600c38f6a596c581bd328a07f2cb459b2caf6024dd57c3b2c11c566', '0.1.0', '6eb51aaecc8a7e78d495f13b9f879e408df22899278d2ae711260eca88fb3bae', '4e78ec671b7f69c50560ae10329a6959c5e6aca10be1657f724cf642e56bf844');
INSERT INTO public.records VALUES (50, '2026-04-29T08:00:00.000000Z', '2026-04-29', 'u-1', 'Nurse 王', 'coordinator', 'EXP-101', 30, 'unscheduled visit', '{"activities":["skin"],"event":"unscheduled visit","on":"2026-04-29","reason":"AE 1","recorded":"2026-04-29T08:00:00Z"}', 'AE 1', NULL, NULL, 'd5989ef14600c38f6a596c581bd328a07f2cb459b2caf6024dd57c3b2c11c566', '0.1.0', '4e78ec671b7f69c50560ae10329a6959c5e6aca10be1657f724cf642e56bf844', '1aaf45af1ff93b702ea55f2dc093717b82f2192eb4f0435e2543dfa01528928b');
INSERT INTO public.records VALUES (51, '2026-05-06T02:00:00.000000Z', '2026-05-06', 'u-1', 'Nurse 王', 'coordinator', 'EXP-101', 31, 'returned', '{"cycle":2,"event":"returned","on":"2026-05-06","quantity":40,"recorded":"2026-05-06T02:00:00Z","treatment":"regorafenib"}', NULL, NULL, NULL, 'd5989ef14600c38f6a596c581bd328a07f2cb459b2caf6024dd57c3b2c11c566', '0.1.0', '1aaf45af1ff93b702ea55f2dc093717b82f2192eb4f0435e2543dfa01528928b', 'e924fc03c83d1491154e18255bead0cb4f65aee5ba77a1b8b6e9031682b24706');
INSERT INTO public.records VALUES (52, '2026-05-06T02:00:00.000000Z', '2026-05-06', 'u-1', 'Nurse 王', 'coordinator', 'EXP-101', 32, 'resumed', '{"by":"Dr Example","dose":"40 mg","event":"resumed","level":-1,"on":"2026-05-06","recorded":"2026-05-06T02:00:00Z","treatment":"regorafenib"}', NULL, NULL, NULL, 'd5989ef14600c38f6a596c581bd328a07f2cb459b2caf6024dd57c3b2c11c566', '0.1.0', 'e924fc03c83d1491154e18255bead0cb4f65aee5ba77a1b8b6e9031682b24706', 'fb9bb8ffc0d542b90413e865a9f65b1d4a4c7abc01e2b75daa031860810316de');
INSERT INTO public.records VALUES (53, '2026-05-06T02:00:00.000000Z', '2026-05-06', 'u-1', 'Nurse 王', 'coordinator', 'EXP-101', 33, 'dispensed', '{"cycle":3,"event":"dispensed","expires":"2028-01-31","lot":"R2602C","on":"2026-05-06","quantity":28,"recorded":"2026-05-06T02:00:00Z","treatment":"regorafenib"}', NULL, NULL, NULL, 'd5989ef14600c38f6a596c581bd328a07f2cb459b2caf6024dd57c3b2c11c566', '0.1.0', 'fb9bb8ffc0d542b90413e865a9f65b1d4a4c7abc01e2b75daa031860810316de', '48080a69215669a79f11b779eb42a31ed19b4b8e31d7e22bcd7ec69b45b89a48');
INSERT INTO public.records VALUES (54, '2026-05-06T02:00:00.000000Z', '2026-05-06', 'u-1', 'Nurse 王', 'coordinator', 'EXP-101', 34, 'cycle started', '{"cycle":3,"event":"cycle started","on":"2026-05-06","recorded":"2026-05-06T02:00:00Z","treatment":"regorafenib"}', NULL, NULL, NULL, 'd5989ef14600c38f6a596c581bd328a07f2cb459b2caf6024dd57c3b2c11c566', '0.1.0', '48080a69215669a79f11b779eb42a31ed19b4b8e31d7e22bcd7ec69b45b89a48', 'c0ebf843c474bb3d92e17d2b30faca39189edddb34054acd74360731020b1987');
INSERT INTO public.records VALUES (55, '2026-05-11T08:00:00.000000Z', '2026-04-29', 'u-1', 'Nurse 王', 'coordinator', 'EXP-103', 13, 'given', '{"event":"given","n":1,"on":"2026-04-29","recorded":"2026-05-11T08:00:00Z","treatment":"radiotherapy"}', NULL, NULL, NULL, 'cf8dea463ab503387a92bdb17a4be5c2303dbd59948f61d2b0bc422927d50760', '0.1.0', 'c0ebf843c474bb3d92e17d2b30faca39189edddb34054acd74360731020b1987', '61b25be76216ddab83909084aaf220a44c088ab2945eff840ec1ff1c92d266e0');
INSERT INTO public.records VALUES (56, '2026-05-11T08:00:00.000000Z', '2026-04-30', 'u-1', 'Nurse 王', 'coordinator', 'EXP-103', 14, 'not done', '{"entry":"radiotherapy.2","event":"not done","on":"2026-04-30","reason":"machine down","recorded":"2026-05-11T08:00:00Z"}', 'machine down', NULL, NULL, 'cf8dea463ab503387a92bdb17a4be5c2303dbd59948f61d2b0bc422927d50760', '0.1.0', '61b25be76216ddab83909084aaf220a44c088ab2945eff840ec1ff1c92d266e0', '5aeaf31a631b3f8eae326f4c25f5435a13e1a097df6505e4e713ebb6e526f799');
INSERT INTO public.records VALUES (57, '2026-05-11T08:00:00.000000Z', '2026-05-11', 'u-1', 'Nurse 王', 'coordinator', 'EXP-103', 15, 'delayed', '{"event":"delayed","n":2,"on":"2026-05-11","reason":"fever","recorded":"2026-05-11T08:00:00Z","treatment":"toripalimab","until":"2026-05-25"}', 'fever', NULL, NULL, 'cf8dea463ab503387a92bdb17a4be5c2303dbd59948f61d2b0bc422927d50760', '0.1.0', '5aeaf31a631b3f8eae326f4c25f5435a13e1a097df6505e4e713ebb6e526f799', '3050c643a15c58e7718701a4d7558c0f5416aa9c46937f22d08f597f6a4e1fa7');
INSERT INTO public.records VALUES (58, '2026-05-12T07:00:00.000000Z', '2026-05-06', 'u-1', 'Nurse 王', 'coordinator', 'CTL-102', 1, 'consented', '{"event":"consented","on":"2026-05-06","recorded":"2026-05-12T07:00:00Z"}', NULL, NULL, NULL, 'd5989ef14600c38f6a596c581bd328a07f2cb459b2caf6024dd57c3b2c11c566', '0.1.0', '3050c643a15c58e7718701a4d7558c0f5416aa9c46937f22d08f597f6a4e1fa7', 'f0f4cf56318684cd2fc5a456de55fde86706950502fe1f2fe3aa5fd95e3228d9');
INSERT INTO public.records VALUES (59, '2026-05-12T07:00:00.000000Z', '2026-05-08', 'u-1', 'Nurse 王', 'coordinator', 'CTL-102', 2, 'visit done', '{"entry":"screening.1","event":"visit done","on":"2026-05-08","recorded":"2026-05-12T07:00:00Z"}', NULL, NULL, NULL, 'd5989ef14600c38f6a596c581bd328a07f2cb459b2caf6024dd57c3b2c11c566', '0.1.0', 'f0f4cf56318684cd2fc5a456de55fde86706950502fe1f2fe3aa5fd95e3228d9', '5aec45353104b2848c39f3e072dcafe9df2e537f6925549b2cc2c70b78dd2e8b');
INSERT INTO public.records VALUES (60, '2026-05-12T07:00:00.000000Z', '2026-05-12', 'u-1', 'Nurse 王', 'coordinator', 'CTL-102', 3, 'visit done', '{"entry":"imaging.0","event":"visit done","on":"2026-05-12","recorded":"2026-05-12T07:00:00Z"}', NULL, NULL, NULL, 'd5989ef14600c38f6a596c581bd328a07f2cb459b2caf6024dd57c3b2c11c566', '0.1.0', '5aec45353104b2848c39f3e072dcafe9df2e537f6925549b2cc2c70b78dd2e8b', '4385035e6d9dac86cec20365c44c816d5229a3ed55be17fa6c8a4e42a00ba232');
INSERT INTO public.records VALUES (61, '2026-05-18T08:00:00.000000Z', NULL, 'u-1', 'Nurse 王', 'coordinator', NULL, NULL, 'site added', '{"file":"site.yaml","holidays":"ce084b68f31a1aa2f05c912cc51a55086b59b52ecccfc8f5e75bcb7b5d572aaf","site":"Shanghai","text":"ee89709452d9017d3de322452460afbb02650a3262af12aff31410e3b5cb0a50"}', NULL, NULL, NULL, NULL, '0.1.0', '4385035e6d9dac86cec20365c44c816d5229a3ed55be17fa6c8a4e42a00ba232', 'adff53979691205bfe8c3f937a73e8783c1017e2bcface80b692cdfe01b9000f');
INSERT INTO public.records VALUES (62, '2026-05-21T00:00:00.000000Z', NULL, 'tests', 'the tests', 'tests', NULL, NULL, 'account made', '{"account":"id-pharmacist","disabled":false,"login":"pharmacist","name":"Dr Pharmacist","password":"8e6548b51303b3666c0cc92450e04c4bb6bbc94695df5d596c4a03021d7038ea","role":"pharmacist","sites":null}', NULL, NULL, NULL, NULL, '0.1.0', 'adff53979691205bfe8c3f937a73e8783c1017e2bcface80b692cdfe01b9000f', '7cbce5b7162bd8e48880407394332b109d8b325619a04c872d6a5c3bc979a6ba');
INSERT INTO public.records VALUES (63, '2026-05-18T09:00:00.000000Z', NULL, 'id-pharmacist', 'Dr Pharmacist', 'pharmacist', NULL, NULL, 'dispensing list printed', '{"from":"2026-05-18","head":62,"lengths":{"CTL-102":3,"EXP-101":34,"EXP-103":15},"sites":"all sites","to":"2026-06-18"}', NULL, NULL, NULL, NULL, '0.1.0', '7cbce5b7162bd8e48880407394332b109d8b325619a04c872d6a5c3bc979a6ba', '2da34613040aff4f4a8157cc72f578581f0cb452f781af9ffe6330bc2758cf1a');
INSERT INTO public.records VALUES (64, '2026-05-18T10:00:00.000000Z', NULL, 'u-1', 'Nurse 王', 'coordinator', 'EXP-101', NULL, 'link made', '{"audience":"patient","detail":"neutral","expires":"2027-06-22T10:00:00+00:00","language":"en","link":"l-exp-101","site":null,"subject":"EXP-101","token":"40103e4445f7c0ac11031bfd311e875e9de6c0f6661d63c39e3196b2ff9e8c04"}', NULL, NULL, NULL, NULL, '0.1.0', '2da34613040aff4f4a8157cc72f578581f0cb452f781af9ffe6330bc2758cf1a', 'b3663ea7f045207143127c3b4b1066f2e4c0a3c1cf24833c67d4928782d01e5d');
INSERT INTO public.records VALUES (65, '2026-05-18T10:00:00.000000Z', NULL, 'u-1', 'Nurse 王', 'coordinator', 'EXP-101', NULL, 'link made', '{"audience":"patient","detail":"full","expires":"2027-06-22T10:00:00+00:00","language":"zh","link":"l-exp-101-full-zh","site":null,"subject":"EXP-101","token":"6bcefc01c27c8b44b81708a589a928e037cc386d85fd8dcba92491cacd65e6cc"}', NULL, NULL, NULL, NULL, '0.1.0', 'b3663ea7f045207143127c3b4b1066f2e4c0a3c1cf24833c67d4928782d01e5d', '160c0fa79362258a1ce685af34e903a516d4a3f9637a55e0fdd7f31e924ac5fe');
INSERT INTO public.records VALUES (66, '2026-05-18T10:00:00.000000Z', NULL, 'u-1', 'Nurse 王', 'coordinator', 'CTL-102', NULL, 'link made', '{"audience":"patient","detail":"standard","expires":"2027-06-22T10:00:00+00:00","language":"en","link":"l-ctl-102","site":null,"subject":"CTL-102","token":"c91bf18081b17f9922c67c50bcc8abb888d25bf96a1ab37cb775bb082bff2091"}', NULL, NULL, NULL, NULL, '0.1.0', '160c0fa79362258a1ce685af34e903a516d4a3f9637a55e0fdd7f31e924ac5fe', '50ee6c1c06aefda7a1657b717c24c8e421144a734401bf931bb0fae3c8719f92');
INSERT INTO public.records VALUES (67, '2026-05-18T10:00:00.000000Z', NULL, 'u-1', 'Nurse 王', 'coordinator', 'EXP-103', NULL, 'link made', '{"audience":"patient","detail":"neutral","expires":"2027-06-22T10:00:00+00:00","language":"zh","link":"l-exp-103","site":null,"subject":"EXP-103","token":"ef086eeb56dc6032d201cb7224834cb24afbc23d059e213c28762c35efbbf5c6"}', NULL, NULL, NULL, NULL, '0.1.0', '50ee6c1c06aefda7a1657b717c24c8e421144a734401bf931bb0fae3c8719f92', '0f870ba138504f179cde27677b7b9f9e3c222763bbc6402b328007fc9f40c247');
INSERT INTO public.records VALUES (68, '2026-05-18T10:00:00.000000Z', NULL, 'u-1', 'Nurse 王', 'coordinator', 'CTL-102', NULL, 'link made', '{"audience":"patient","detail":"neutral","expires":"2027-06-22T10:00:00+00:00","language":"en","link":"l-revoked","site":null,"subject":"CTL-102","token":"4fd98e7099778ee4960e0f8285b08e6574da6cb04256836a705883c045cf2c60"}', NULL, NULL, NULL, NULL, '0.1.0', '0f870ba138504f179cde27677b7b9f9e3c222763bbc6402b328007fc9f40c247', 'e19d297ff63ef6d5900a86cfe54e0c03e53423b05c815f99a5e8833157fd4fc2');
INSERT INTO public.records VALUES (69, '2026-05-18T10:00:00.000000Z', NULL, 'u-1', 'Nurse 王', 'coordinator', NULL, NULL, 'link made', '{"audience":"coordinator","detail":"standard","expires":"2027-06-22T10:00:00+00:00","language":"en","link":"l-coordinator","site":"Shanghai","subject":null,"token":"72d111331659bc332c0367320213656167547b5d6cbb0a03a53323742981d055"}', NULL, NULL, NULL, NULL, '0.1.0', 'e19d297ff63ef6d5900a86cfe54e0c03e53423b05c815f99a5e8833157fd4fc2', 'a86df5c5a0e77a8e0be45e3e9cfc9a4ce7f73405e0632ef8db3ab3d768f404ba');
INSERT INTO public.records VALUES (70, '2026-05-18T10:00:00.000000Z', NULL, 'u-1', 'Nurse 王', 'coordinator', NULL, NULL, 'link made', '{"audience":"coordinator","detail":"full","expires":"2027-06-22T10:00:00+00:00","language":"zh","link":"l-coordinator-beijing","site":"Beijing","subject":null,"token":"ce899b9eaa03ee6ff35a12d9480628e166f0745c6c4c2886956ee3524d9e5627"}', NULL, NULL, NULL, NULL, '0.1.0', 'a86df5c5a0e77a8e0be45e3e9cfc9a4ce7f73405e0632ef8db3ab3d768f404ba', '843439fdc5be12de3834a15ba2bc8e1b7adc20ea8fc2c87e5810b27519021cbe');
INSERT INTO public.records VALUES (71, '2026-05-18T10:00:00.000000Z', NULL, 'u-1', 'Nurse 王', 'coordinator', NULL, NULL, 'link made', '{"audience":"pharmacy","detail":"standard","expires":"2027-06-22T10:00:00+00:00","language":"en","link":"l-pharmacy","site":"Shanghai","subject":null,"token":"d3c75a2f7a5d085e022024200e31abe8de9433d2cbc1eac8a8bebeacdeb81ecc"}', NULL, NULL, NULL, NULL, '0.1.0', '843439fdc5be12de3834a15ba2bc8e1b7adc20ea8fc2c87e5810b27519021cbe', '61599c5d9481b0a308a9acff388d55e7140be1d2ee42d8854f16d8d90f53a576');
INSERT INTO public.records VALUES (72, '2026-05-18T10:00:00.000000Z', NULL, 'u-1', 'Nurse 王', 'coordinator', 'CTL-102', NULL, 'link revoked', '{"audience":"patient","detail":"neutral","expires":"2027-06-22T10:00:00+00:00","language":"en","link":"l-revoked","site":null,"subject":"CTL-102","token":"4fd98e7099778ee4960e0f8285b08e6574da6cb04256836a705883c045cf2c60"}', NULL, NULL, NULL, NULL, '0.1.0', '61599c5d9481b0a308a9acff388d55e7140be1d2ee42d8854f16d8d90f53a576', '2d66115ff2f4429f9ee5973ab73091e222aef5340701516892878311f8a73bd3');
INSERT INTO public.records VALUES (73, '2026-05-19T06:00:00.000000Z', '2026-05-19', 'u-1', 'Nurse 王', 'coordinator', 'EXP-101', 35, 'given', '{"at":"10:00","event":"given","n":4,"on":"2026-05-19","recorded":"2026-05-19T06:00:00Z","treatment":"toripalimab"}', NULL, NULL, NULL, 'd5989ef14600c38f6a596c581bd328a07f2cb459b2caf6024dd57c3b2c11c566', '0.1.0', '2d66115ff2f4429f9ee5973ab73091e222aef5340701516892878311f8a73bd3', 'a4afecaef76d2c1ae4b40ef6acda5dba6d984eecba5ed35b38f3dbdbc874d2f2');
INSERT INTO public.records VALUES (74, '2026-05-19T06:00:00.000000Z', '2026-05-19', 'u-1', 'Nurse 王', 'coordinator', 'EXP-101', 36, 'booked', '{"at":"08:30","entry":"regorafenib.4.1","event":"booked","on":"2026-05-19","recorded":"2026-05-19T06:00:00Z","to":"2026-06-03"}', NULL, NULL, NULL, 'd5989ef14600c38f6a596c581bd328a07f2cb459b2caf6024dd57c3b2c11c566', '0.1.0', 'a4afecaef76d2c1ae4b40ef6acda5dba6d984eecba5ed35b38f3dbdbc874d2f2', '127d1a66a209c0b33c96b2009f892cf7d07dd7f74b2a5cdf554b31c16bec0a75');
INSERT INTO public.records VALUES (75, '2026-05-19T06:00:00.000000Z', '2026-05-19', 'u-1', 'Nurse 王', 'coordinator', 'EXP-101', 37, 'booked', '{"at":"10:00","entry":"toripalimab.5","event":"booked","on":"2026-05-19","recorded":"2026-05-19T06:00:00Z","to":"2026-06-09"}', NULL, NULL, NULL, 'd5989ef14600c38f6a596c581bd328a07f2cb459b2caf6024dd57c3b2c11c566', '0.1.0', '127d1a66a209c0b33c96b2009f892cf7d07dd7f74b2a5cdf554b31c16bec0a75', '09cc703e83bc7b039e84668c9b34d03f11ef43d849297587e3d23e209f1d2458');
INSERT INTO public.records VALUES (76, '2026-05-20T06:00:00.000000Z', '2026-05-20', 'u-1', 'Nurse 王', 'coordinator', 'EXP-101', 38, 'rebooked', '{"at":"14:15","entry":"regorafenib.4.1","event":"rebooked","on":"2026-05-20","reason":"a journey","recorded":"2026-05-20T06:00:00Z","to":"2026-06-04"}', 'a journey', NULL, NULL, 'd5989ef14600c38f6a596c581bd328a07f2cb459b2caf6024dd57c3b2c11c566', '0.1.0', '09cc703e83bc7b039e84668c9b34d03f11ef43d849297587e3d23e209f1d2458', '988f0a2fccbc60efe7ae48465b7ca0ee91ffd89124e54731a6c97e772565380e');
INSERT INTO public.records VALUES (77, '2026-05-20T06:00:00.000000Z', '2026-05-20', 'u-1', 'Nurse 王', 'coordinator', 'EXP-101', 39, 'medicine started', '{"event":"medicine started","name":"urea cream","on":"2026-05-20","recorded":"2026-05-20T06:00:00Z"}', NULL, NULL, NULL, 'd5989ef14600c38f6a596c581bd328a07f2cb459b2caf6024dd57c3b2c11c566', '0.1.0', '988f0a2fccbc60efe7ae48465b7ca0ee91ffd89124e54731a6c97e772565380e', '2fec4f23fc6865606b49ffbaff396c158f06657f8de4378fd6d37811a589e42a');
INSERT INTO public.records VALUES (78, '2026-05-20T06:30:00.000000Z', '2026-05-20', 'u-1', 'Nurse 王', 'coordinator', 'EXP-101', 40, 'struck', '{"event":"struck","number":39,"on":"2026-05-20","reason":"of another patient","recorded":"2026-05-20T06:30:00Z"}', 'of another patient', NULL, 39, 'd5989ef14600c38f6a596c581bd328a07f2cb459b2caf6024dd57c3b2c11c566', '0.1.0', '2fec4f23fc6865606b49ffbaff396c158f06657f8de4378fd6d37811a589e42a', 'b0fa119454a9ca1e5f4491063ed25faa43161200e48ca28d613173a3efc0b70b');
INSERT INTO public.records VALUES (79, '2026-05-20T08:00:00.000000Z', '2026-05-20', 'u-1', 'Nurse 王', 'coordinator', 'CTL-102', 4, 'screened', '{"by":"Dr Example","event":"screened","on":"2026-05-20","recorded":"2026-05-20T08:00:00Z"}', NULL, NULL, NULL, 'd5989ef14600c38f6a596c581bd328a07f2cb459b2caf6024dd57c3b2c11c566', '0.1.0', 'b0fa119454a9ca1e5f4491063ed25faa43161200e48ca28d613173a3efc0b70b', '52c1459aaee8a1f43f4bf04aa824a2d98bfb6561f42a1c70e34ac0609b826984');
INSERT INTO public.records VALUES (80, '2026-05-20T08:00:00.000000Z', '2026-05-20', 'u-1', 'Nurse 王', 'coordinator', 'CTL-102', 5, 'randomised', '{"arm":"control","event":"randomised","on":"2026-05-20","recorded":"2026-05-20T08:00:00Z"}', NULL, NULL, NULL, 'd5989ef14600c38f6a596c581bd328a07f2cb459b2caf6024dd57c3b2c11c566', '0.1.0', '52c1459aaee8a1f43f4bf04aa824a2d98bfb6561f42a1c70e34ac0609b826984', 'c1b4c1fb741dc90c8486a943c616e68f304797b0e1b9315c5cd0592b65150523');
INSERT INTO public.records VALUES (81, '2026-05-20T08:00:00.000000Z', '2026-05-20', 'u-1', 'Nurse 王', 'coordinator', 'CTL-102', 6, 'first dose planned', '{"event":"first dose planned","on":"2026-05-20","recorded":"2026-05-20T08:00:00Z","to":"2026-05-22"}', NULL, NULL, NULL, 'd5989ef14600c38f6a596c581bd328a07f2cb459b2caf6024dd57c3b2c11c566', '0.1.0', 'c1b4c1fb741dc90c8486a943c616e68f304797b0e1b9315c5cd0592b65150523', 'f3ab9e61db305c3b68a58aae2c4cbda7fc36d80514948577743f8ea1eb22753e');
INSERT INTO public.records VALUES (82, '2026-05-20T08:00:00.000000Z', '2026-05-20', 'u-1', 'Nurse 王', 'coordinator', 'CTL-102', 7, 'booked', '{"at":"08:30","entry":"regorafenib.1.1","event":"booked","on":"2026-05-20","recorded":"2026-05-20T08:00:00Z","to":"2026-05-22"}', NULL, NULL, NULL, 'd5989ef14600c38f6a596c581bd328a07f2cb459b2caf6024dd57c3b2c11c566', '0.1.0', 'f3ab9e61db305c3b68a58aae2c4cbda7fc36d80514948577743f8ea1eb22753e', '1fccdf892defa18273c0d3ad5bf6e1c1a65be43fd455deb6b896a4b4fffe69d0');
INSERT INTO public.records VALUES (83, '2026-05-21T01:00:00.000000Z', '2026-05-21', 'u-1', 'Nurse 王', 'coordinator', 'EXP-103', 16, 'discontinued', '{"by":"Dr Example","event":"discontinued","on":"2026-05-21","reason":"adverse event","recorded":"2026-05-21T01:00:00Z","treatment":"toripalimab"}', 'adverse event', NULL, NULL, 'cf8dea463ab503387a92bdb17a4be5c2303dbd59948f61d2b0bc422927d50760', '0.1.0', '1fccdf892defa18273c0d3ad5bf6e1c1a65be43fd455deb6b896a4b4fffe69d0', '276f18bb6ab1b1b6ac866166e1c78924416430d5379c3a2c9a3a6eacd4c410dc');


--
-- Data for Name: sessions; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: texts; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.texts VALUES ('24784fc7d65b2a3c699f08d81f794228a78c69a2eb5a22abae08d0b1b3d96f52', '# Where the patients of this example come. Shanghai in 2026: the government has published the days off and the make-up working
# days of that year; from 2027 on, every date at this site is provisional until it has.
site: Beijing
zone: Asia/Shanghai
public holidays: CN
weekdays: Monday to Friday
make-up days: worked

resources:            # names that the protocol asks for after "open:"; each may say what is different there
  clinic:
  infusion:
  radiotherapy:       # for example: {make-up days: not worked, closed: [{days: 2026-07-06..2026-07-08, because: linac service}]}
  imaging:
  pharmacy:

who to call:          # printed on the patient''s paper; these numbers are made up
  Study nurse, working days 8:00 to 17:00: +86 21 0000 0001
  Night, weekends and holidays: +86 21 0000 0002
');
INSERT INTO public.texts VALUES ('c86c26d2ef537da0999b60ce6a7728e3386c142c4e3bcce987ac40ac25836e62', '# Where the patients of this example come. Shanghai in 2026: the government has published the days off and the make-up working
# days of that year; from 2027 on, every date at this site is provisional until it has.
site: Shanghai
zone: Asia/Shanghai
public holidays: CN
weekdays: Monday to Friday
make-up days: worked

resources:            # names that the protocol asks for after "open:"; each may say what is different there
  clinic:
  infusion:
  radiotherapy:       # for example: {make-up days: not worked, closed: [{days: 2026-07-06..2026-07-08, because: linac service}]}
  imaging:
  pharmacy:

who to call:          # printed on the patient''s paper; these numbers are made up
  Study nurse, working days 8:00 to 17:00: +86 21 0000 0001
  Night, weekends and holidays: +86 21 0000 0002
');
INSERT INTO public.texts VALUES ('ce084b68f31a1aa2f05c912cc51a55086b59b52ecccfc8f5e75bcb7b5d572aaf', '{"estimated": [], "first_year": 2010, "holidays": [["2010-01-01", "New Year''s Day"], ["2010-02-13", "Chinese New Year''s Eve"], ["2010-02-14", "Chinese New Year (Spring Festival)"], ["2010-02-15", "Chinese New Year (Spring Festival)"], ["2010-02-16", "Chinese New Year''s Eve (observed)"], ["2010-02-17", "Chinese New Year (Spring Festival) (observed)"], ["2010-02-18", "Day off (in exchange for 2010-02-20)"], ["2010-02-19", "Day off (in exchange for 2010-02-21)"], ["2010-04-05", "Tomb-Sweeping Day"], ["2010-05-01", "Labor Day"], ["2010-05-03", "Labor Day (observed)"], ["2010-06-14", "Day off (in exchange for 2010-06-12)"], ["2010-06-15", "Day off (in exchange for 2010-06-13)"], ["2010-06-16", "Dragon Boat Festival"], ["2010-09-22", "Mid-Autumn Festival"], ["2010-09-23", "Day off (in exchange for 2010-09-19)"], ["2010-09-24", "Day off (in exchange for 2010-09-25)"], ["2010-10-01", "National Day"], ["2010-10-02", "National Day"], ["2010-10-03", "National Day"], ["2010-10-04", "National Day (observed)"], ["2010-10-05", "National Day (observed)"], ["2010-10-06", "Day off (in exchange for 2010-09-26)"], ["2010-10-07", "Day off (in exchange for 2010-10-09)"], ["2011-01-01", "New Year''s Day"], ["2011-01-03", "New Year''s Day (observed)"], ["2011-02-02", "Chinese New Year''s Eve"], ["2011-02-03", "Chinese New Year (Spring Festival)"], ["2011-02-04", "Chinese New Year (Spring Festival)"], ["2011-02-07", "Day off (in exchange for 2011-01-30)"], ["2011-02-08", "Day off (in exchange for 2011-02-12)"], ["2011-04-04", "Day off (in exchange for 2011-04-02)"], ["2011-04-05", "Tomb-Sweeping Day"], ["2011-05-01", "Labor Day"], ["2011-05-02", "Labor Day (observed)"], ["2011-06-06", "Dragon Boat Festival"], ["2011-09-12", "Mid-Autumn Festival"], ["2011-10-01", "National Day"], ["2011-10-02", "National Day"], ["2011-10-03", "National Day"], ["2011-10-04", "National Day (observed)"], ["2011-10-05", "National Day (observed)"], ["2011-10-06", "Day off (in exchange for 2011-10-08)"], ["2011-10-07", "Day off (in exchange for 2011-10-09)"], ["2012-01-01", "New Year''s Day"], ["2012-01-02", "New Year''s Day (observed)"], ["2012-01-03", "Day off (in exchange for 2011-12-31)"], ["2012-01-22", "Chinese New Year''s Eve"], ["2012-01-23", "Chinese New Year (Spring Festival)"], ["2012-01-24", "Chinese New Year (Spring Festival)"], ["2012-01-25", "Chinese New Year''s Eve (observed)"], ["2012-01-26", "Day off (in exchange for 2012-01-21)"], ["2012-01-27", "Day off (in exchange for 2012-01-29)"], ["2012-04-02", "Day off (in exchange for 2012-03-31)"], ["2012-04-03", "Day off (in exchange for 2012-04-01)"], ["2012-04-04", "Tomb-Sweeping Day"], ["2012-04-30", "Day off (in exchange for 2012-04-28)"], ["2012-05-01", "Labor Day"], ["2012-06-22", "Dragon Boat Festival (observed)"], ["2012-06-23", "Dragon Boat Festival"], ["2012-09-30", "Mid-Autumn Festival"], ["2012-10-01", "National Day"], ["2012-10-02", "National Day"], ["2012-10-03", "National Day"], ["2012-10-04", "Mid-Autumn Festival (observed)"], ["2012-10-05", "Day off (in exchange for 2012-09-29)"], ["2013-01-01", "New Year''s Day"], ["2013-01-02", "Day off (in exchange for 2013-01-05)"], ["2013-01-03", "Day off (in exchange for 2013-01-06)"], ["2013-02-09", "Chinese New Year''s Eve"], ["2013-02-10", "Chinese New Year (Spring Festival)"], ["2013-02-11", "Chinese New Year (Spring Festival)"], ["2013-02-12", "Chinese New Year''s Eve (observed)"], ["2013-02-13", "Chinese New Year (Spring Festival) (observed)"], ["2013-02-14", "Day off (in exchange for 2013-02-16)"], ["2013-02-15", "Day off (in exchange for 2013-02-17)"], ["2013-04-04", "Tomb-Sweeping Day"], ["2013-04-05", "Day off (in exchange for 2013-04-07)"], ["2013-04-29", "Day off (in exchange for 2013-04-27)"], ["2013-04-30", "Day off (in exchange for 2013-04-28)"], ["2013-05-01", "Labor Day"], ["2013-06-10", "Day off (in exchange for 2013-06-08)"], ["2013-06-11", "Day off (in exchange for 2013-06-09)"], ["2013-06-12", "Dragon Boat Festival"], ["2013-09-19", "Mid-Autumn Festival"], ["2013-09-20", "Day off (in exchange for 2013-09-22)"], ["2013-10-01", "National Day"], ["2013-10-02", "National Day"], ["2013-10-03", "National Day"], ["2013-10-04", "Day off (in exchange for 2013-09-29)"], ["2013-10-07", "Day off (in exchange for 2013-10-12)"], ["2014-01-01", "New Year''s Day"], ["2014-01-31", "Chinese New Year (Spring Festival)"], ["2014-02-01", "Chinese New Year (Spring Festival)"], ["2014-02-02", "Chinese New Year (Spring Festival)"], ["2014-02-03", "Chinese New Year (Spring Festival) (observed)"], ["2014-02-04", "Chinese New Year (Spring Festival) (observed)"], ["2014-02-05", "Day off (in exchange for 2014-01-26)"], ["2014-02-06", "Day off (in exchange for 2014-02-08)"], ["2014-04-05", "Tomb-Sweeping Day"], ["2014-04-07", "Tomb-Sweeping Day (observed)"], ["2014-05-01", "Labor Day"], ["2014-05-02", "Day off (in exchange for 2014-05-04)"], ["2014-06-02", "Dragon Boat Festival"], ["2014-09-08", "Mid-Autumn Festival"], ["2014-10-01", "National Day"], ["2014-10-02", "National Day"], ["2014-10-03", "National Day"], ["2014-10-06", "Day off (in exchange for 2014-09-28)"], ["2014-10-07", "Day off (in exchange for 2014-10-11)"], ["2015-01-01", "New Year''s Day"], ["2015-01-02", "Day off (in exchange for 2015-01-04)"], ["2015-02-18", "Day off (in exchange for 2015-02-15)"], ["2015-02-19", "Chinese New Year (Spring Festival)"], ["2015-02-20", "Chinese New Year (Spring Festival)"], ["2015-02-21", "Chinese New Year (Spring Festival)"], ["2015-02-23", "Chinese New Year (Spring Festival) (observed)"], ["2015-02-24", "Day off (in exchange for 2015-02-28)"], ["2015-04-05", "Tomb-Sweeping Day"], ["2015-04-06", "Tomb-Sweeping Day (observed)"], ["2015-05-01", "Labor Day"], ["2015-06-20", "Dragon Boat Festival"], ["2015-06-22", "Dragon Boat Festival (observed)"], ["2015-09-03", "70th Anniversary of the Victory of the Chinese People''s War of Resistance against Japanese Aggression and the World Anti-Fascist War"], ["2015-09-04", "Day off (in exchange for 2015-09-06)"], ["2015-09-27", "Mid-Autumn Festival"], ["2015-10-01", "National Day"], ["2015-10-02", "National Day"], ["2015-10-03", "National Day"], ["2015-10-05", "National Day (observed)"], ["2015-10-06", "Mid-Autumn Festival (observed)"], ["2015-10-07", "Day off (in exchange for 2015-10-10)"], ["2016-01-01", "New Year''s Day"], ["2016-02-08", "Chinese New Year (Spring Festival)"], ["2016-02-09", "Chinese New Year (Spring Festival)"], ["2016-02-10", "Chinese New Year (Spring Festival)"], ["2016-02-11", "Day off (in exchange for 2016-02-06)"], ["2016-02-12", "Day off (in exchange for 2016-02-14)"], ["2016-04-04", "Tomb-Sweeping Day"], ["2016-05-01", "Labor Day"], ["2016-05-02", "Labor Day (observed)"], ["2016-06-09", "Dragon Boat Festival"], ["2016-06-10", "Day off (in exchange for 2016-06-12)"], ["2016-09-15", "Mid-Autumn Festival"], ["2016-09-16", "Day off (in exchange for 2016-09-18)"], ["2016-10-01", "National Day"], ["2016-10-02", "National Day"], ["2016-10-03", "National Day"], ["2016-10-04", "National Day (observed)"], ["2016-10-05", "National Day (observed)"], ["2016-10-06", "Day off (in exchange for 2016-10-08)"], ["2016-10-07", "Day off (in exchange for 2016-10-09)"], ["2017-01-01", "New Year''s Day"], ["2017-01-02", "New Year''s Day (observed)"], ["2017-01-27", "Day off (in exchange for 2017-01-22)"], ["2017-01-28", "Chinese New Year (Spring Festival)"], ["2017-01-29", "Chinese New Year (Spring Festival)"], ["2017-01-30", "Chinese New Year (Spring Festival)"], ["2017-01-31", "Chinese New Year (Spring Festival) (observed)"], ["2017-02-01", "Chinese New Year (Spring Festival) (observed)"], ["2017-02-02", "Day off (in exchange for 2017-02-04)"], ["2017-04-03", "Day off (in exchange for 2017-04-01)"], ["2017-04-04", "Tomb-Sweeping Day"], ["2017-05-01", "Labor Day"], ["2017-05-29", "Day off (in exchange for 2017-05-27)"], ["2017-05-30", "Dragon Boat Festival"], ["2017-10-01", "National Day"], ["2017-10-02", "National Day"], ["2017-10-03", "National Day"], ["2017-10-04", "Mid-Autumn Festival"], ["2017-10-05", "National Day (observed)"], ["2017-10-06", "Day off (in exchange for 2017-09-30)"], ["2018-01-01", "New Year''s Day"], ["2018-02-15", "Day off (in exchange for 2018-02-11)"], ["2018-02-16", "Chinese New Year (Spring Festival)"], ["2018-02-17", "Chinese New Year (Spring Festival)"], ["2018-02-18", "Chinese New Year (Spring Festival)"], ["2018-02-19", "Chinese New Year (Spring Festival) (observed)"], ["2018-02-20", "Chinese New Year (Spring Festival) (observed)"], ["2018-02-21", "Day off (in exchange for 2018-02-24)"], ["2018-04-05", "Tomb-Sweeping Day"], ["2018-04-06", "Day off (in exchange for 2018-04-08)"], ["2018-04-30", "Day off (in exchange for 2018-04-28)"], ["2018-05-01", "Labor Day"], ["2018-06-18", "Dragon Boat Festival"], ["2018-09-24", "Mid-Autumn Festival"], ["2018-10-01", "National Day"], ["2018-10-02", "National Day"], ["2018-10-03", "National Day"], ["2018-10-04", "Day off (in exchange for 2018-09-29)"], ["2018-10-05", "Day off (in exchange for 2018-09-30)"], ["2018-12-31", "Day off (in exchange for 2018-12-29)"], ["2019-01-01", "New Year''s Day"], ["2019-02-04", "Day off (in exchange for 2019-02-02)"], ["2019-02-05", "Chinese New Year (Spring Festival)"], ["2019-02-06", "Chinese New Year (Spring Festival)"], ["2019-02-07", "Chinese New Year (Spring Festival)"], ["2019-02-08", "Day off (in exchange for 2019-02-03)"], ["2019-04-05", "Tomb-Sweeping Day"], ["2019-05-01", "Labor Day"], ["2019-05-02", "Day off (in exchange for 2019-04-28)"], ["2019-05-03", "Day off (in exchange for 2019-05-05)"], ["2019-06-07", "Dragon Boat Festival"], ["2019-09-13", "Mid-Autumn Festival"], ["2019-10-01", "National Day"], ["2019-10-02", "National Day"], ["2019-10-03", "National Day"], ["2019-10-04", "Day off (in exchange for 2019-09-29)"], ["2019-10-07", "Day off (in exchange for 2019-10-12)"], ["2020-01-01", "New Year''s Day"], ["2020-01-24", "Day off (in exchange for 2020-01-19)"], ["2020-01-25", "Chinese New Year (Spring Festival)"], ["2020-01-26", "Chinese New Year (Spring Festival)"], ["2020-01-27", "Chinese New Year (Spring Festival)"], ["2020-01-28", "Chinese New Year (Spring Festival) (observed)"], ["2020-01-29", "Chinese New Year (Spring Festival) (observed)"], ["2020-01-30", "Chinese New Year (Spring Festival) (observed)"], ["2020-01-31", "Chinese New Year Extended Holiday"], ["2020-02-01", "Chinese New Year Extended Holiday"], ["2020-02-02", "Chinese New Year Extended Holiday"], ["2020-04-04", "Tomb-Sweeping Day"], ["2020-04-06", "Tomb-Sweeping Day (observed)"], ["2020-05-01", "Labor Day"], ["2020-05-04", "Day off (in exchange for 2020-04-26)"], ["2020-05-05", "Day off (in exchange for 2020-05-09)"], ["2020-06-25", "Dragon Boat Festival"], ["2020-06-26", "Day off (in exchange for 2020-06-28)"], ["2020-10-01", "Mid-Autumn Festival; National Day"], ["2020-10-02", "National Day"], ["2020-10-03", "National Day"], ["2020-10-05", "National Day (observed)"], ["2020-10-06", "Mid-Autumn Festival (observed)"], ["2020-10-07", "Day off (in exchange for 2020-09-27)"], ["2020-10-08", "Day off (in exchange for 2020-10-10)"], ["2021-01-01", "New Year''s Day"], ["2021-02-11", "Day off (in exchange for 2021-02-07)"], ["2021-02-12", "Chinese New Year (Spring Festival)"], ["2021-02-13", "Chinese New Year (Spring Festival)"], ["2021-02-14", "Chinese New Year (Spring Festival)"], ["2021-02-15", "Chinese New Year (Spring Festival) (observed)"], ["2021-02-16", "Chinese New Year (Spring Festival) (observed)"], ["2021-02-17", "Day off (in exchange for 2021-02-20)"], ["2021-04-04", "Tomb-Sweeping Day"], ["2021-04-05", "Tomb-Sweeping Day (observed)"], ["2021-05-01", "Labor Day"], ["2021-05-03", "Labor Day (observed)"], ["2021-05-04", "Day off (in exchange for 2021-04-25)"], ["2021-05-05", "Day off (in exchange for 2021-05-08)"], ["2021-06-14", "Dragon Boat Festival"], ["2021-09-20", "Day off (in exchange for 2021-09-18)"], ["2021-09-21", "Mid-Autumn Festival"], ["2021-10-01", "National Day"], ["2021-10-02", "National Day"], ["2021-10-03", "National Day"], ["2021-10-04", "National Day (observed)"], ["2021-10-05", "National Day (observed)"], ["2021-10-06", "Day off (in exchange for 2021-09-26)"], ["2021-10-07", "Day off (in exchange for 2021-10-09)"], ["2022-01-01", "New Year''s Day"], ["2022-01-03", "New Year''s Day (observed)"], ["2022-01-31", "Day off (in exchange for 2022-01-29)"], ["2022-02-01", "Chinese New Year (Spring Festival)"], ["2022-02-02", "Chinese New Year (Spring Festival)"], ["2022-02-03", "Chinese New Year (Spring Festival)"], ["2022-02-04", "Day off (in exchange for 2022-01-30)"], ["2022-04-04", "Day off (in exchange for 2022-04-02)"], ["2022-04-05", "Tomb-Sweeping Day"], ["2022-05-01", "Labor Day"], ["2022-05-02", "Labor Day (observed)"], ["2022-05-03", "Day off (in exchange for 2022-04-24)"], ["2022-05-04", "Day off (in exchange for 2022-05-07)"], ["2022-06-03", "Dragon Boat Festival"], ["2022-09-10", "Mid-Autumn Festival"], ["2022-09-12", "Mid-Autumn Festival (observed)"], ["2022-10-01", "National Day"], ["2022-10-02", "National Day"], ["2022-10-03", "National Day"], ["2022-10-04", "National Day (observed)"], ["2022-10-05", "National Day (observed)"], ["2022-10-06", "Day off (in exchange for 2022-10-08)"], ["2022-10-07", "Day off (in exchange for 2022-10-09)"], ["2023-01-01", "New Year''s Day"], ["2023-01-02", "New Year''s Day (observed)"], ["2023-01-22", "Chinese New Year (Spring Festival)"], ["2023-01-23", "Chinese New Year (Spring Festival)"], ["2023-01-24", "Chinese New Year (Spring Festival)"], ["2023-01-25", "Chinese New Year (Spring Festival) (observed)"], ["2023-01-26", "Day off (in exchange for 2023-01-28)"], ["2023-01-27", "Day off (in exchange for 2023-01-29)"], ["2023-04-05", "Tomb-Sweeping Day"], ["2023-05-01", "Labor Day"], ["2023-05-02", "Day off (in exchange for 2023-04-23)"], ["2023-05-03", "Day off (in exchange for 2023-05-06)"], ["2023-06-22", "Dragon Boat Festival"], ["2023-06-23", "Day off (in exchange for 2023-06-25)"], ["2023-09-29", "Mid-Autumn Festival"], ["2023-10-01", "National Day"], ["2023-10-02", "National Day"], ["2023-10-03", "National Day"], ["2023-10-04", "National Day (observed)"], ["2023-10-05", "Day off (in exchange for 2023-10-07)"], ["2023-10-06", "Day off (in exchange for 2023-10-08)"], ["2024-01-01", "New Year''s Day"], ["2024-02-10", "Chinese New Year (Spring Festival)"], ["2024-02-11", "Chinese New Year (Spring Festival)"], ["2024-02-12", "Chinese New Year (Spring Festival)"], ["2024-02-13", "Chinese New Year (Spring Festival) (observed)"], ["2024-02-14", "Chinese New Year (Spring Festival) (observed)"], ["2024-02-15", "Day off (in exchange for 2024-02-04)"], ["2024-02-16", "Day off (in exchange for 2024-02-18)"], ["2024-04-04", "Tomb-Sweeping Day"], ["2024-04-05", "Day off (in exchange for 2024-04-07)"], ["2024-05-01", "Labor Day"], ["2024-05-02", "Day off (in exchange for 2024-04-28)"], ["2024-05-03", "Day off (in exchange for 2024-05-11)"], ["2024-06-10", "Dragon Boat Festival"], ["2024-09-16", "Day off (in exchange for 2024-09-14)"], ["2024-09-17", "Mid-Autumn Festival"], ["2024-10-01", "National Day"], ["2024-10-02", "National Day"], ["2024-10-03", "National Day"], ["2024-10-04", "Day off (in exchange for 2024-09-29)"], ["2024-10-07", "Day off (in exchange for 2024-10-12)"], ["2025-01-01", "New Year''s Day"], ["2025-01-28", "Chinese New Year''s Eve"], ["2025-01-29", "Chinese New Year (Spring Festival)"], ["2025-01-30", "Chinese New Year (Spring Festival)"], ["2025-01-31", "Chinese New Year (Spring Festival)"], ["2025-02-03", "Day off (in exchange for 2025-01-26)"], ["2025-02-04", "Day off (in exchange for 2025-02-08)"], ["2025-04-04", "Tomb-Sweeping Day"], ["2025-05-01", "Labor Day"], ["2025-05-02", "Labor Day"], ["2025-05-05", "Day off (in exchange for 2025-04-27)"], ["2025-05-31", "Dragon Boat Festival"], ["2025-06-02", "Dragon Boat Festival (observed)"], ["2025-10-01", "National Day"], ["2025-10-02", "National Day"], ["2025-10-03", "National Day"], ["2025-10-06", "Mid-Autumn Festival"], ["2025-10-07", "Day off (in exchange for 2025-09-28)"], ["2025-10-08", "Day off (in exchange for 2025-10-11)"], ["2026-01-01", "New Year''s Day"], ["2026-01-02", "Day off (in exchange for 2026-01-04)"], ["2026-02-16", "Chinese New Year''s Eve"], ["2026-02-17", "Chinese New Year (Spring Festival)"], ["2026-02-18", "Chinese New Year (Spring Festival)"], ["2026-02-19", "Chinese New Year (Spring Festival)"], ["2026-02-20", "Day off (in exchange for 2026-02-14)"], ["2026-02-23", "Day off (in exchange for 2026-02-28)"], ["2026-04-05", "Tomb-Sweeping Day"], ["2026-04-06", "Tomb-Sweeping Day (observed)"], ["2026-05-01", "Labor Day"], ["2026-05-02", "Labor Day"], ["2026-05-04", "Labor Day (observed)"], ["2026-05-05", "Day off (in exchange for 2026-05-09)"], ["2026-06-19", "Dragon Boat Festival"], ["2026-09-25", "Mid-Autumn Festival"], ["2026-10-01", "National Day"], ["2026-10-02", "National Day"], ["2026-10-03", "National Day"], ["2026-10-05", "National Day (observed)"], ["2026-10-06", "Day off (in exchange for 2026-09-20)"], ["2026-10-07", "Day off (in exchange for 2026-10-10)"], ["2027-01-01", "New Year''s Day"], ["2027-02-05", "Chinese New Year''s Eve"], ["2027-02-06", "Chinese New Year (Spring Festival)"], ["2027-02-07", "Chinese New Year (Spring Festival)"], ["2027-02-08", "Chinese New Year (Spring Festival)"], ["2027-02-09", "Chinese New Year (Spring Festival) (observed)"], ["2027-02-10", "Chinese New Year (Spring Festival) (observed)"], ["2027-04-05", "Tomb-Sweeping Day"], ["2027-05-01", "Labor Day"], ["2027-05-02", "Labor Day"], ["2027-05-03", "Labor Day (observed)"], ["2027-05-04", "Labor Day (observed)"], ["2027-06-09", "Dragon Boat Festival"], ["2027-09-15", "Mid-Autumn Festival"], ["2027-10-01", "National Day"], ["2027-10-02", "National Day"], ["2027-10-03", "National Day"], ["2027-10-04", "National Day (observed)"], ["2027-10-05", "National Day (observed)"], ["2028-01-01", "New Year''s Day"], ["2028-01-03", "New Year''s Day (observed)"], ["2028-01-25", "Chinese New Year''s Eve"], ["2028-01-26", "Chinese New Year (Spring Festival)"], ["2028-01-27", "Chinese New Year (Spring Festival)"], ["2028-01-28", "Chinese New Year (Spring Festival)"], ["2028-04-04", "Tomb-Sweeping Day"], ["2028-05-01", "Labor Day"], ["2028-05-02", "Labor Day"], ["2028-05-28", "Dragon Boat Festival"], ["2028-05-29", "Dragon Boat Festival (observed)"], ["2028-10-01", "National Day"], ["2028-10-02", "National Day"], ["2028-10-03", "Mid-Autumn Festival; National Day"], ["2028-10-04", "National Day (observed)"], ["2029-01-01", "New Year''s Day"], ["2029-02-12", "Chinese New Year''s Eve"], ["2029-02-13", "Chinese New Year (Spring Festival)"], ["2029-02-14", "Chinese New Year (Spring Festival)"], ["2029-02-15", "Chinese New Year (Spring Festival)"], ["2029-04-04", "Tomb-Sweeping Day"], ["2029-05-01", "Labor Day"], ["2029-05-02", "Labor Day"], ["2029-06-16", "Dragon Boat Festival"], ["2029-06-18", "Dragon Boat Festival (observed)"], ["2029-09-22", "Mid-Autumn Festival"], ["2029-09-24", "Mid-Autumn Festival (observed)"], ["2029-10-01", "National Day"], ["2029-10-02", "National Day"], ["2029-10-03", "National Day"], ["2030-01-01", "New Year''s Day"], ["2030-02-02", "Chinese New Year''s Eve"], ["2030-02-03", "Chinese New Year (Spring Festival)"], ["2030-02-04", "Chinese New Year (Spring Festival)"], ["2030-02-05", "Chinese New Year (Spring Festival)"], ["2030-02-06", "Chinese New Year''s Eve (observed)"], ["2030-02-07", "Chinese New Year (Spring Festival) (observed)"], ["2030-04-05", "Tomb-Sweeping Day"], ["2030-05-01", "Labor Day"], ["2030-05-02", "Labor Day"], ["2030-06-05", "Dragon Boat Festival"], ["2030-09-12", "Mid-Autumn Festival"], ["2030-10-01", "National Day"], ["2030-10-02", "National Day"], ["2030-10-03", "National Day"], ["2031-01-01", "New Year''s Day"], ["2031-01-22", "Chinese New Year''s Eve"], ["2031-01-23", "Chinese New Year (Spring Festival)"], ["2031-01-24", "Chinese New Year (Spring Festival)"], ["2031-01-25", "Chinese New Year (Spring Festival)"], ["2031-01-27", "Chinese New Year (Spring Festival) (observed)"], ["2031-04-05", "Tomb-Sweeping Day"], ["2031-04-07", "Tomb-Sweeping Day (observed)"], ["2031-05-01", "Labor Day"], ["2031-05-02", "Labor Day"], ["2031-06-24", "Dragon Boat Festival"], ["2031-10-01", "Mid-Autumn Festival; National Day"], ["2031-10-02", "National Day"], ["2031-10-03", "National Day"], ["2032-01-01", "New Year''s Day"], ["2032-02-10", "Chinese New Year''s Eve"], ["2032-02-11", "Chinese New Year (Spring Festival)"], ["2032-02-12", "Chinese New Year (Spring Festival)"], ["2032-02-13", "Chinese New Year (Spring Festival)"], ["2032-04-04", "Tomb-Sweeping Day"], ["2032-04-05", "Tomb-Sweeping Day (observed)"], ["2032-05-01", "Labor Day"], ["2032-05-02", "Labor Day"], ["2032-05-03", "Labor Day (observed)"], ["2032-05-04", "Labor Day (observed)"], ["2032-06-12", "Dragon Boat Festival"], ["2032-06-14", "Dragon Boat Festival (observed)"], ["2032-09-19", "Mid-Autumn Festival"], ["2032-09-20", "Mid-Autumn Festival (observed)"], ["2032-10-01", "National Day"], ["2032-10-02", "National Day"], ["2032-10-03", "National Day"], ["2032-10-04", "National Day (observed)"], ["2032-10-05", "National Day (observed)"], ["2033-01-01", "New Year''s Day"], ["2033-01-03", "New Year''s Day (observed)"], ["2033-01-30", "Chinese New Year''s Eve"], ["2033-01-31", "Chinese New Year (Spring Festival)"], ["2033-02-01", "Chinese New Year (Spring Festival)"], ["2033-02-02", "Chinese New Year (Spring Festival)"], ["2033-02-03", "Chinese New Year''s Eve (observed)"], ["2033-04-04", "Tomb-Sweeping Day"], ["2033-05-01", "Labor Day"], ["2033-05-02", "Labor Day"], ["2033-05-03", "Labor Day (observed)"], ["2033-06-01", "Dragon Boat Festival"], ["2033-09-08", "Mid-Autumn Festival"], ["2033-10-01", "National Day"], ["2033-10-02", "National Day"], ["2033-10-03", "National Day"], ["2033-10-04", "National Day (observed)"], ["2033-10-05", "National Day (observed)"], ["2034-01-01", "New Year''s Day"], ["2034-01-02", "New Year''s Day (observed)"], ["2034-02-18", "Chinese New Year''s Eve"], ["2034-02-19", "Chinese New Year (Spring Festival)"], ["2034-02-20", "Chinese New Year (Spring Festival)"], ["2034-02-21", "Chinese New Year (Spring Festival)"], ["2034-02-22", "Chinese New Year''s Eve (observed)"], ["2034-02-23", "Chinese New Year (Spring Festival) (observed)"], ["2034-04-05", "Tomb-Sweeping Day"], ["2034-05-01", "Labor Day"], ["2034-05-02", "Labor Day"], ["2034-06-20", "Dragon Boat Festival"], ["2034-09-27", "Mid-Autumn Festival"], ["2034-10-01", "National Day"], ["2034-10-02", "National Day"], ["2034-10-03", "National Day"], ["2034-10-04", "National Day (observed)"], ["2035-01-01", "New Year''s Day"], ["2035-02-07", "Chinese New Year''s Eve"], ["2035-02-08", "Chinese New Year (Spring Festival)"], ["2035-02-09", "Chinese New Year (Spring Festival)"], ["2035-02-10", "Chinese New Year (Spring Festival)"], ["2035-02-12", "Chinese New Year (Spring Festival) (observed)"], ["2035-04-05", "Tomb-Sweeping Day"], ["2035-05-01", "Labor Day"], ["2035-05-02", "Labor Day"], ["2035-06-10", "Dragon Boat Festival"], ["2035-06-11", "Dragon Boat Festival (observed)"], ["2035-09-16", "Mid-Autumn Festival"], ["2035-09-17", "Mid-Autumn Festival (observed)"], ["2035-10-01", "National Day"], ["2035-10-02", "National Day"], ["2035-10-03", "National Day"], ["2036-01-01", "New Year''s Day"], ["2036-01-27", "Chinese New Year''s Eve"], ["2036-01-28", "Chinese New Year (Spring Festival)"], ["2036-01-29", "Chinese New Year (Spring Festival)"], ["2036-01-30", "Chinese New Year (Spring Festival)"], ["2036-01-31", "Chinese New Year''s Eve (observed)"], ["2036-04-04", "Tomb-Sweeping Day"], ["2036-05-01", "Labor Day"], ["2036-05-02", "Labor Day"], ["2036-05-30", "Dragon Boat Festival"], ["2036-10-01", "National Day"], ["2036-10-02", "National Day"], ["2036-10-03", "National Day"], ["2036-10-04", "Mid-Autumn Festival"], ["2036-10-06", "Mid-Autumn Festival (observed)"], ["2037-01-01", "New Year''s Day"], ["2037-02-14", "Chinese New Year''s Eve"], ["2037-02-15", "Chinese New Year (Spring Festival)"], ["2037-02-16", "Chinese New Year (Spring Festival)"], ["2037-02-17", "Chinese New Year (Spring Festival)"], ["2037-02-18", "Chinese New Year''s Eve (observed)"], ["2037-02-19", "Chinese New Year (Spring Festival) (observed)"], ["2037-04-04", "Tomb-Sweeping Day"], ["2037-04-06", "Tomb-Sweeping Day (observed)"], ["2037-05-01", "Labor Day"], ["2037-05-02", "Labor Day"], ["2037-05-04", "Labor Day (observed)"], ["2037-06-18", "Dragon Boat Festival"], ["2037-09-24", "Mid-Autumn Festival"], ["2037-10-01", "National Day"], ["2037-10-02", "National Day"], ["2037-10-03", "National Day"], ["2037-10-05", "National Day (observed)"], ["2038-01-01", "New Year''s Day"], ["2038-02-03", "Chinese New Year''s Eve"], ["2038-02-04", "Chinese New Year (Spring Festival)"], ["2038-02-05", "Chinese New Year (Spring Festival)"], ["2038-02-06", "Chinese New Year (Spring Festival)"], ["2038-02-08", "Chinese New Year (Spring Festival) (observed)"], ["2038-04-05", "Tomb-Sweeping Day"], ["2038-05-01", "Labor Day"], ["2038-05-02", "Labor Day"], ["2038-05-03", "Labor Day (observed)"], ["2038-05-04", "Labor Day (observed)"], ["2038-06-07", "Dragon Boat Festival"], ["2038-09-13", "Mid-Autumn Festival"], ["2038-10-01", "National Day"], ["2038-10-02", "National Day"], ["2038-10-03", "National Day"], ["2038-10-04", "National Day (observed)"], ["2038-10-05", "National Day (observed)"], ["2039-01-01", "New Year''s Day"], ["2039-01-03", "New Year''s Day (observed)"], ["2039-01-23", "Chinese New Year''s Eve"], ["2039-01-24", "Chinese New Year (Spring Festival)"], ["2039-01-25", "Chinese New Year (Spring Festival)"], ["2039-01-26", "Chinese New Year (Spring Festival)"], ["2039-01-27", "Chinese New Year''s Eve (observed)"], ["2039-04-05", "Tomb-Sweeping Day"], ["2039-05-01", "Labor Day"], ["2039-05-02", "Labor Day"], ["2039-05-03", "Labor Day (observed)"], ["2039-05-27", "Dragon Boat Festival"], ["2039-10-01", "National Day"], ["2039-10-02", "Mid-Autumn Festival; National Day"], ["2039-10-03", "National Day"], ["2039-10-04", "National Day (observed)"], ["2039-10-05", "Mid-Autumn Festival (observed)"], ["2039-10-06", "National Day (observed)"], ["2040-01-01", "New Year''s Day"], ["2040-01-02", "New Year''s Day (observed)"], ["2040-02-11", "Chinese New Year''s Eve"], ["2040-02-12", "Chinese New Year (Spring Festival)"], ["2040-02-13", "Chinese New Year (Spring Festival)"], ["2040-02-14", "Chinese New Year (Spring Festival)"], ["2040-02-15", "Chinese New Year''s Eve (observed)"], ["2040-02-16", "Chinese New Year (Spring Festival) (observed)"], ["2040-04-04", "Tomb-Sweeping Day"], ["2040-05-01", "Labor Day"], ["2040-05-02", "Labor Day"], ["2040-06-14", "Dragon Boat Festival"], ["2040-09-20", "Mid-Autumn Festival"], ["2040-10-01", "National Day"], ["2040-10-02", "National Day"], ["2040-10-03", "National Day"], ["2041-01-01", "New Year''s Day"], ["2041-01-31", "Chinese New Year''s Eve"], ["2041-02-01", "Chinese New Year (Spring Festival)"], ["2041-02-02", "Chinese New Year (Spring Festival)"], ["2041-02-03", "Chinese New Year (Spring Festival)"], ["2041-02-04", "Chinese New Year (Spring Festival) (observed)"], ["2041-02-05", "Chinese New Year (Spring Festival) (observed)"], ["2041-04-04", "Tomb-Sweeping Day"], ["2041-05-01", "Labor Day"], ["2041-05-02", "Labor Day"], ["2041-06-03", "Dragon Boat Festival"], ["2041-09-10", "Mid-Autumn Festival"], ["2041-10-01", "National Day"], ["2041-10-02", "National Day"], ["2041-10-03", "National Day"], ["2042-01-01", "New Year''s Day"], ["2042-01-21", "Chinese New Year''s Eve"], ["2042-01-22", "Chinese New Year (Spring Festival)"], ["2042-01-23", "Chinese New Year (Spring Festival)"], ["2042-01-24", "Chinese New Year (Spring Festival)"], ["2042-04-04", "Tomb-Sweeping Day"], ["2042-05-01", "Labor Day"], ["2042-05-02", "Labor Day"], ["2042-06-22", "Dragon Boat Festival"], ["2042-06-23", "Dragon Boat Festival (observed)"], ["2042-09-28", "Mid-Autumn Festival"], ["2042-09-29", "Mid-Autumn Festival (observed)"], ["2042-10-01", "National Day"], ["2042-10-02", "National Day"], ["2042-10-03", "National Day"], ["2043-01-01", "New Year''s Day"], ["2043-02-09", "Chinese New Year''s Eve"], ["2043-02-10", "Chinese New Year (Spring Festival)"], ["2043-02-11", "Chinese New Year (Spring Festival)"], ["2043-02-12", "Chinese New Year (Spring Festival)"], ["2043-04-05", "Tomb-Sweeping Day"], ["2043-04-06", "Tomb-Sweeping Day (observed)"], ["2043-05-01", "Labor Day"], ["2043-05-02", "Labor Day"], ["2043-05-04", "Labor Day (observed)"], ["2043-06-11", "Dragon Boat Festival"], ["2043-09-17", "Mid-Autumn Festival"], ["2043-10-01", "National Day"], ["2043-10-02", "National Day"], ["2043-10-03", "National Day"], ["2043-10-05", "National Day (observed)"], ["2044-01-01", "New Year''s Day"], ["2044-01-29", "Chinese New Year''s Eve"], ["2044-01-30", "Chinese New Year (Spring Festival)"], ["2044-01-31", "Chinese New Year (Spring Festival)"], ["2044-02-01", "Chinese New Year (Spring Festival)"], ["2044-02-02", "Chinese New Year (Spring Festival) (observed)"], ["2044-02-03", "Chinese New Year (Spring Festival) (observed)"], ["2044-04-04", "Tomb-Sweeping Day"], ["2044-05-01", "Labor Day"], ["2044-05-02", "Labor Day"], ["2044-05-03", "Labor Day (observed)"], ["2044-05-31", "Dragon Boat Festival"], ["2044-10-01", "National Day"], ["2044-10-02", "National Day"], ["2044-10-03", "National Day"], ["2044-10-04", "National Day (observed)"], ["2044-10-05", "Mid-Autumn Festival"], ["2044-10-06", "National Day (observed)"], ["2045-01-01", "New Year''s Day"], ["2045-01-02", "New Year''s Day (observed)"], ["2045-02-16", "Chinese New Year''s Eve"], ["2045-02-17", "Chinese New Year (Spring Festival)"], ["2045-02-18", "Chinese New Year (Spring Festival)"], ["2045-02-19", "Chinese New Year (Spring Festival)"], ["2045-02-20", "Chinese New Year (Spring Festival) (observed)"], ["2045-02-21", "Chinese New Year (Spring Festival) (observed)"], ["2045-04-04", "Tomb-Sweeping Day"], ["2045-05-01", "Labor Day"], ["2045-05-02", "Labor Day"], ["2045-06-19", "Dragon Boat Festival"], ["2045-09-25", "Mid-Autumn Festival"], ["2045-10-01", "National Day"], ["2045-10-02", "National Day"], ["2045-10-03", "National Day"], ["2045-10-04", "National Day (observed)"]], "last_year": 2045, "makeup_days": ["2010-02-20", "2010-02-21", "2010-06-12", "2010-06-13", "2010-09-19", "2010-09-25", "2010-09-26", "2010-10-09", "2011-01-30", "2011-02-12", "2011-04-02", "2011-10-08", "2011-10-09", "2011-12-31", "2012-01-21", "2012-01-29", "2012-03-31", "2012-04-01", "2012-04-28", "2012-09-29", "2013-01-05", "2013-01-06", "2013-02-16", "2013-02-17", "2013-04-07", "2013-04-27", "2013-04-28", "2013-06-08", "2013-06-09", "2013-09-22", "2013-09-29", "2013-10-12", "2014-01-26", "2014-02-08", "2014-05-04", "2014-09-28", "2014-10-11", "2015-01-04", "2015-02-15", "2015-02-28", "2015-09-06", "2015-10-10", "2016-02-06", "2016-02-14", "2016-06-12", "2016-09-18", "2016-10-08", "2016-10-09", "2017-01-22", "2017-02-04", "2017-04-01", "2017-05-27", "2017-09-30", "2018-02-11", "2018-02-24", "2018-04-08", "2018-04-28", "2018-09-29", "2018-09-30", "2018-12-29", "2019-02-02", "2019-02-03", "2019-04-28", "2019-05-05", "2019-09-29", "2019-10-12", "2020-01-19", "2020-04-26", "2020-05-09", "2020-06-28", "2020-09-27", "2020-10-10", "2021-02-07", "2021-02-20", "2021-04-25", "2021-05-08", "2021-09-18", "2021-09-26", "2021-10-09", "2022-01-29", "2022-01-30", "2022-04-02", "2022-04-24", "2022-05-07", "2022-10-08", "2022-10-09", "2023-01-28", "2023-01-29", "2023-04-23", "2023-05-06", "2023-06-25", "2023-10-07", "2023-10-08", "2024-02-04", "2024-02-18", "2024-04-07", "2024-04-28", "2024-05-11", "2024-09-14", "2024-09-29", "2024-10-12", "2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11", "2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"], "published_through": 2026, "region": "CN", "source": "holidays 0.109"}');
INSERT INTO public.texts VALUES ('cf8dea463ab503387a92bdb17a4be5c2303dbd59948f61d2b0bc422927d50760', '# yaml-language-server: $schema=../../protocol.schema.json
#
# The seed study as published: 4 to 8 fractions of 8-12 Gy where the registration says 5 of 4-12 Gy. All else is as in 1.0.
study: REGO-TORI-RT
version: "1.1"
title: Regorafenib alone, or with toripalimab and radiotherapy, in microsatellite-stable metastatic colorectal cancer

amendment: {of: "1.0", patients: may move, consent: again}

sources:
  registration: The trial''s registration; 54 + 54 patients, randomised 1:1
  SLOT: Front Oncol 2023;13:1274487 (PMID 37869085), the protocol as published
  label: Prescribing information of regorafenib and toripalimab
  SmPC: Summary of product characteristics of regorafenib (EU), its table by occurrence
  iRECIST: Lancet Oncol 2017;18:e143-e152 (PMID 28271869)

arms:
  control: Regorafenib alone
  experimental: Regorafenib with toripalimab and radiotherapy

study days: first dose is Day 1
horizon: 2 years after first dose (registration)

dates:                       # where a date comes from until it is recorded
  first dose: {when: 1 to 3 days after randomisation (A10), open: clinic}

treatments:

  regorafenib:
    when:
      1: on first dose
      2: 28 days ±3 after cycle 1, not before 1 day after the end of radiotherapy (A2, A3)
      then: 28 days ±3 after the previous cycle (A2)
    open: clinic
    if closed: later
    give: once daily by mouth on days 1-21 (registration, SLOT)
    levels:
      control: 120, 80, 40 mg (registration, A6)
      experimental: 80, 40 mg (registration, A6)
    held days: lost
    hold at most: 28 days (A11)

  toripalimab:
    arms: [experimental]
    when:
      1: on first dose
      2: 21 days ±3 after dose 1, not before 1 day after the end of radiotherapy (A4)
      then: 21 days ±3 after the previous dose, not before 18 days after the previous dose (A4)
    until: [at most 35 doses (A4), before 24 months after first dose (A4)]
    open: infusion
    if closed: nearest
    give: 240 mg intravenously (registration, SLOT)
    gap at most: 84 days (A4)

  radiotherapy:              # both courses in the same five sessions
    arms: [experimental]
    when:
      1: on or after Study Day 22, not before 1 day after regorafenib cycle 1 day 21 (A1, A3)
      then: at least 1 day after the previous fraction (A1)
    until: 8 fractions (SLOT, A23)
    open: radiotherapy
    if closed: later
    give:
      hypofractionated: 8-12 Gy prescribed per lesion (SLOT)
      low-dose: 0.5-2 Gy prescribed per lesion (SLOT)
    not done: moves to the next open day
    start by: Study Day 35 (A1)
    finish within: 14 days (A1)

visits:                      # a regorafenib day 1, an infusion and a fraction are visits themselves and stand above

  screening: 1 to 28 days before first dose (A10)

  c1d8:
    title: Cycle 1 day 8
    when: on regorafenib cycle 1 day 8 ±2 days (A7)
    if closed: nearest

  c1d15:                     # a safety laboratory test is not put off
    title: Cycle 1 day 15
    when: on regorafenib cycle 1 day 15 ±2 days (A7)
    if closed: earlier

  planning-ct:
    title: Radiotherapy planning CT
    kind: scan
    arms: [experimental]
    when: on regorafenib cycle 1 day 15 ±3 days, not after 5 working days before radiotherapy fraction 1 (A7)
    open: imaging
    if closed: earlier

  c2d15:
    title: Cycle 2 day 15, laboratory only
    kind: laboratory
    when: on regorafenib cycle 2 day 15 ±2 days (A7)
    if closed: earlier

  imaging:                   # 0 is the baseline
    title: Tumour imaging
    when:
      0: 1 to 28 days before first dose (A5)
      then: every 56 days ±7 from randomisation (A5)
    until:
      - progression (A5)
      - new anticancer therapy (A5)
      - 2 years after randomisation (registration, A5)
    open: imaging
    if closed: nearest

  confirming-scan:
    title: Scan to confirm progression
    when: 28 days +28 after each iUPD (iRECIST)
    open: imaging
    if closed: nearest
    unless: imaging inside the window
    until:
      - progression (iRECIST)
      - new anticancer therapy (A5)

  end-of-treatment:
    title: End of treatment
    when: 0 to 7 days after end of treatment (A8)
    if closed: later

  safety-30:
    title: Safety follow-up, 30 days
    when: 30 days ±7 after the last dose (A8)
    if closed: nearest

  safety-90:
    title: Safety follow-up, 90 days
    when:
      experimental: 90 days ±7 after the last toripalimab dose, not before end of treatment (A8)
      control: 90 days ±7 after the last regorafenib dose, not before end of treatment (A8, A9)
    if closed: nearest

  survival:
    title: Survival contact
    kind: contact
    when:
      then: every 84 days ±14 from the ideal day of safety-90 (A8)
      last: 2 years ±14 days after first dose (registration, A8)
    if closed: nearest

periods:
  adverse-events:
    title: Adverse event collection
    collects: adverse events
    from: first dose (registration)
    to:
      experimental: 90 days after the last toripalimab dose, not before 30 days after the last dose (registration, A9)
      control: 90 days after the last regorafenib dose (A9)
  survival-time:
    title: Overall survival
    from: first dose (registration)
    to: 2 years after first dose (registration)
  progression-free:
    title: Progression-free survival
    from: first dose (registration)
    to: 2 years after first dose, not after progression (registration)
  response:
    title: Response by RECIST 1.1 and iRECIST
    from: first dose (registration)
    to: 1 year after first dose (registration)

activities:                  # "regorafenib" is day 1 of every cycle, "toripalimab" every dose; from the practice behind A7
  informed consent, history, tumour''s MSI and RAS status: [screening]
  hepatitis B, hepatitis C and HIV serology: [screening]
  examination, weight, ECOG, vital signs: [screening, regorafenib, toripalimab, end-of-treatment, safety-30]
  blood pressure and skin check: [c1d8, c1d15]
  haematology: [screening, regorafenib, c1d15, toripalimab, end-of-treatment, safety-30]
  liver tests and chemistry: [screening, regorafenib, c1d15, c2d15, toripalimab, end-of-treatment, safety-30]
  coagulation: [screening, every 2nd regorafenib cycle, end-of-treatment]
  urinalysis: [screening, regorafenib, end-of-treatment]
  thyroid function: [screening, every 2nd toripalimab dose, end-of-treatment, safety-30]
  troponin and CK: [screening, regorafenib cycle 1, c1d15, toripalimab doses 1-4, end-of-treatment]
  ECG: [screening, regorafenib cycle 1, end-of-treatment]
  pregnancy test: [screening, regorafenib, end-of-treatment, safety-30]
  tumour markers: [screening, imaging, end-of-treatment]
  CT or MRI, RECIST 1.1 and iRECIST: [imaging, confirming-scan]
  planning CT: [planning-ct]
  fraction of both courses: [radiotherapy]
  quality of life: [screening, every 2nd regorafenib cycle, end-of-treatment, safety-30]
  dispense and count tablets: [regorafenib]
  collect tablets: [end-of-treatment]
  adverse events and medication:
    [screening, regorafenib, toripalimab, radiotherapy, c1d8, c1d15, c2d15, end-of-treatment, safety-30, safety-90]
  survival and new anticancer therapy: [survival]

at least every:              # what may not be missing for longer, counted on planned calendars
  liver tests and chemistry: 16 days until Study Day 57 (label, A7)

products:
  regorafenib: {unit: 40 mg tablet (label), pack: bottle of 28 (label), opened lasts: 49 days (label)}
  toripalimab: {unit: 240 mg vial (label)}

attributes:                  # what the rules ask about a patient; not so until it is recorded
  liver tumour: Metastases or a primary tumour in the liver when treatment began
  Gilbert syndrome: A harmless, inherited rise of bilirubin
  symptomatic hypertension: High blood pressure gives symptoms now
  severe skin reaction confirmed: The skin reaction is proven to be Stevens-Johnson syndrome, necrolysis or DRESS

rules:                       # every row that fits is shown, and the strictest leads; a person decides

  hand-foot-skin-reaction:
    title: Hand-foot skin reaction
    for: regorafenib
    on: Palmar-plantar erythrodysesthesia syndrome
    episode ends: grade 0-1
    rows:
      - "grade 1: continue with supportive care (SmPC)"
      - "grade 2, 1st time: reduce by 1 level with supportive care (SmPC, A12, A13)"
      - "grade 2, not improved within 7 days: hold at least 7 days until grade 0-1, then resume 1 level lower (SmPC, A12)"
      - "grade 2, 2nd to 3rd time: hold until grade 0-1, then resume 1 level lower (SmPC, A12, A13)"
      - "grade 2, 4th time or later: discontinue (SmPC, A12)"
      - "grade 3, 1st to 2nd time: hold at least 7 days until grade 0-1, then resume 1 level lower (SmPC, A12, A13)"
      - "grade 3, 3rd time or later: discontinue (SmPC, A12)"

  liver:
    title: Liver tests on regorafenib
    for: regorafenib
    on: [ALT, AST]
    episode ends: grade 0-1
    rows:
      - "above 1 to 3 x upper limit: continue (SmPC)"
      - "above 3 to 5 x upper limit: continue, liver tests weekly until below 3 x upper limit or baseline (SmPC)"
      - "above 5 to 20 x upper limit, 1st time: hold until below 3 x upper limit or baseline, then resume 1 level lower,
         liver tests weekly for at least 4 weeks until below 3 x upper limit or baseline (SmPC, A14)"
      - "above 5 to 20 x upper limit, 2nd time or later: discontinue (SmPC)"
      - "above 20 x upper limit: discontinue (label)"
      - "above 3 x upper limit with bilirubin above 2 x upper limit, unless Gilbert syndrome: discontinue,
         liver tests weekly until grade 0 or baseline (SmPC)"

  hypertension:
    for: regorafenib
    on: Hypertension
    rows:
      - "grade 1: continue, blood pressure weekly until grade 0 or baseline (A15)"
      - "grade 2 without symptomatic hypertension: continue with supportive care (A15)"
      - "grade 2 with symptomatic hypertension: hold until controlled, then resume at the same level (label, A15)"
      - "grade 3: the investigator chooses among hold until controlled, then resume at the same level,
         or hold until controlled, then resume 1 level lower (label, A15)"
      - "grade 4: discontinue (A15)"

  infection:
    for: regorafenib
    on: any infection
    rows:
      - "grade 1-2: continue with supportive care (label, A16)"
      - "grade 1-2, worse than before: hold until resolved, then resume at the same level (label, A16)"
      - "grade 3: hold until resolved, then resume at the same level (label)"
      - "grade 4: the investigator chooses among discontinue, or hold until resolved, then resume at the same level (label)"

  haemorrhage:
    for: regorafenib
    on: any haemorrhage
    rows:
      - "grade 1-2: continue with supportive care (A17)"
      - "grade 3-4: discontinue (label, A17)"

  perforation:
    title: Perforation or fistula
    for: regorafenib
    on: any perforation or fistula
    rows:
      - "any grade: discontinue (label)"

  leukoencephalopathy:
    for: regorafenib
    on: Reversible posterior leukoencephalopathy syndrome
    rows:
      - "any grade: discontinue (label)"

  cardiac-ischaemia:
    for: regorafenib
    on: [Acute coronary syndrome, Myocardial infarction, Chest pain - cardiac]
    rows:
      - "any grade: the investigator chooses among hold until resolved, then resume at the same level, or discontinue (label)"

  other-reactions:
    title: Other reactions to regorafenib
    for: regorafenib
    on: any other adverse event
    attributed: to this treatment or nothing
    rows:
      - "grade 1-2: continue (A18)"
      - "grade 3: hold until grade 0-2, then resume 1 level lower (label, A18)"
      - "grade 4: the investigator chooses among discontinue, or hold until grade 0-2, then resume 1 level lower (label, A18)"

  regorafenib-limits:
    for: regorafenib
    rows:
      - "on hold for more than 28 days: discontinue (A11)"
      - "no lower level is left: discontinue (label, A6)"

  pneumonitis:
    for: toripalimab
    on: Pneumonitis
    rows:
      - "grade 1: continue (label)"
      - "grade 2: hold until grade 0-1, then resume at the same level (label, A19)"
      - "grade 3-4: discontinue (label)"

  colitis:
    for: toripalimab
    on: [Colitis, Enterocolitis]
    episode ends: grade 0-1
    rows:
      - "grade 1: continue (label)"
      - "grade 2: hold until grade 0-1, then resume at the same level (label)"
      - "grade 3, 1st time: hold until grade 0-1, then resume at the same level (label)"
      - "grade 3, 2nd time or later: discontinue (label, A20)"
      - "grade 4: discontinue (label)"

  hepatitis:                 # without a tumour in the liver; with one, the baseline counts
    title: Immune hepatitis
    for: toripalimab
    on: [ALT, AST]
    rows:
      - "above 1 to 3 x upper limit without liver tumour: continue (label)"
      - "above 3 to 8 x upper limit without liver tumour: hold until grade 0-1, then resume at the same level (label, A19)"
      - "above 8 x upper limit without liver tumour: discontinue (label, A19)"
      - "bilirubin above 1.5 to 3 x upper limit without liver tumour: hold until grade 0-1, then resume at the same level (label)"
      - "bilirubin above 3 x upper limit: discontinue (label)"
      - "above 1 to 3 x upper limit with baseline up to 1 x upper limit, with liver tumour: continue (A21)"
      - "above 3 to 8 x upper limit with baseline up to 1 x upper limit, with liver tumour: hold until grade 0-1,
         then resume at the same level (A21)"
      - "above 8 x upper limit with baseline up to 1 x upper limit, with liver tumour: discontinue (A21)"
      - "above 1 to 5 x upper limit with baseline above 1 to 3 x upper limit, with liver tumour: continue (label)"
      - "above 5 to 10 x upper limit with baseline above 1 to 3 x upper limit, with liver tumour: hold until grade 0-1 or baseline,
         then resume at the same level (label)"
      - "above 1 to 8 x upper limit with baseline above 3 x upper limit, with liver tumour: continue (label, A21)"
      - "above 8 to 10 x upper limit with baseline above 3 x upper limit, with liver tumour: hold until grade 0-1 or baseline,
         then resume at the same level (label, A21)"
      - "above 10 x upper limit with liver tumour: discontinue (label)"

  endocrinopathy:
    for: toripalimab
    on: [Hypothyroidism, Hyperthyroidism, Adrenal insufficiency, Hypophysitis, Hypopituitarism, Glucose intolerance, Hyperglycemia]
    rows:
      - "grade 1-2: continue with supportive care (label)"
      - "grade 3-4: the investigator chooses among hold until clinically stable, then resume at the same level,
         or discontinue (label)"

  nephritis:
    for: toripalimab
    on: [Creatinine increased, Acute kidney injury]
    rows:
      - "grade 1: continue (label)"
      - "grade 2-3: hold until grade 0-1, then resume at the same level (label)"
      - "grade 4: discontinue (label)"

  severe-skin-reaction:
    for: toripalimab
    on: [Stevens-Johnson syndrome, Toxic epidermal necrolysis]
    rows:
      - "any grade: hold until ruled out, then resume at the same level (label)"
      - "any grade with severe skin reaction confirmed: discontinue (label)"

  myocarditis:
    for: toripalimab
    on: Myocarditis
    rows:
      - "any grade: discontinue (label, A19)"

  neurological-reaction:
    for: toripalimab
    on: [Guillain-Barre syndrome, Myasthenia gravis, Encephalopathy, Myelitis, Peripheral motor neuropathy]
    rows:
      - "grade 1: continue (label)"
      - "grade 2: hold until grade 0-1, then resume at the same level (label)"
      - "grade 3-4: discontinue (label)"

  infusion-reaction:
    for: toripalimab
    on: Infusion related reaction
    rows:
      - "grade 1-2: continue, interrupt or slow the infusion (label)"
      - "grade 3-4: discontinue (label)"

  other-immune-reactions:
    for: toripalimab
    on: any other adverse event
    attributed: to this treatment
    episode ends: grade 0-1
    rows:
      - "grade 1-2: continue (label)"
      - "grade 3, 1st time: hold until grade 0-1, then resume at the same level (label)"
      - "grade 3, 2nd time or later: discontinue (label, A20)"
      - "grade 4: discontinue (label)"

  toripalimab-limits:        # two clocks: one from dose to dose, one from the start of steroids
    for: toripalimab
    rows:
      - "more than 84 days since the last dose: the investigator chooses among discontinue, or continue at the same level (A4)"
      - "on prednisone above 10 mg for more than 12 weeks: discontinue (label)"
      - "on prednisolone above 10 mg for more than 12 weeks: discontinue (label, A22)"
      - "on methylprednisolone above 8 mg for more than 12 weeks: discontinue (label, A22)"
      - "on dexamethasone above 1.5 mg for more than 12 weeks: discontinue (label, A22)"
      - "on hydrocortisone above 40 mg for more than 12 weeks: discontinue (label, A22)"

assumptions:                 # what registration and publication leave open, and how this study reads it
  A23:
    question: How many fractions are planned, where 4 to 8 are allowed?
    reading: Eight; whoever is prescribed fewer is recorded as ended early, by the day and the reason.
    alternatives: Five, as registered; a number for each patient.
    because: The latest end of radiotherapy is the safe one to plan cycle 2 and dose 2 by.


  A1:
    question: When does radiotherapy start after "one cycle", and how do its fractions follow each other?
    reading: >-
      On the first open radiotherapy day on or after Study Day 22, one fraction on each open day, both courses in the same
      five sessions; started by Day 35 and finished within 14 days, and a missed fraction moves to the next open day.
    alternatives: >-
      After the whole 28-day cycle, "on or after Study Day 29"; the courses one after the other.
    because: >-
      Toripalimab''s first cycle of 21 days is over and regorafenib is in its week off, so that no tablet is lost; fractions on
      days 22 to 26 have been published with regorafenib and a PD-1 inhibitor.

  A2:
    question: When does regorafenib go on after radiotherapy, and what do later cycles count from?
    reading: >-
      Cycle 2 at the latest of 28 days after cycle 1 and the day after radiotherapy; every later cycle 28 days after the actual
      start of the one before; 3 days either way, and never before its day because a day is closed.
    alternatives: Regorafenib during radiotherapy; a fixed grid of 28 days from cycle 1, whatever happened.
    because: The registration puts radiotherapy between the first cycle and the rest; a week without tablets must stay one.

  A3:
    question: How many clear days without regorafenib lie before and after radiotherapy?
    reading: None - the first fraction may follow the last tablet, and the first tablet the last fraction, on the next day.
    alternatives: 3 clear days before and 3 after; 7 before and 2 after, as in the published precedent.
    because: The registration names none.

  A4:
    question: How are toripalimab doses spaced, and for how long are they given?
    reading: >-
      Dose 2 at the latest of 21 days after dose 1 and the day after radiotherapy; every later dose 21 days after the actual
      dose before, 3 days either way, 18 to 84 days apart; none on or after 24 months from first dose, and no 36th.
    alternatives: A fixed grid, "every 21 days ±3 from dose 1"; 12 months; no limit but progression.
    because: The label gives 240 mg every 3 weeks for up to 24 months, which is 35 doses; the spacing is common practice.

  A5:
    question: What do scans count from, how often are they, and when do they end?
    reading: >-
      Baseline on Day -28 to -1; then every 56 days from randomisation, 7 days either way, whatever happens to the doses, until
      progression, another anticancer therapy or 2 years.
    alternatives: From the first dose, "every 56 days ±7 from first dose"; every 12 weeks after a year; until the end of treatment.
    because: Both arms must be looked at on the same days, or progression-free survival cannot be compared.

  A6:
    question: Which dose levels are there?
    reading: Control 120, 80 and 40 mg; experimental 80 and 40 mg; toripalimab is never reduced.
    alternatives: No level below 80 mg, the lowest of the label - regorafenib stops there.
    because: The experimental arm would have no step at all.

  A7:
    question: Which visits lie between the treatment days?
    reading: >-
      Cycle 1 days 8 and 15 and cycle 2 day 15, 2 days either way; a planning CT on cycle 1 day 15, 3 days either way, at least 5
      working days before the first fraction.
    alternatives: Weekly visits in the first two cycles; laboratory tests near the patient''s home.
    because: >-
      The label asks for liver tests at least every two weeks in the first two months, whatever the infusions do; planning
      takes a week.

  A8:
    question: How long, and how often, are patients followed after treatment?
    reading: >-
      A visit within 7 days of the decision to end treatment; 30 days after the last dose of anything and 90 days after the last
      toripalimab (control, regorafenib), 7 days either way; then a contact every 84 days, 14 days either way, and one at 2 years.
    alternatives: Every 90 days from the end of treatment; 2 years from randomisation.
    because: Survival is counted to 2 years from first treatment, adverse events to 90 days after immunotherapy.

  A9:
    question: What is "90 days after completion of immunotherapy" in the control arm, and when other treatment goes on?
    reading: >-
      Control - 90 days after the last regorafenib. Experimental - 90 days after the last toripalimab, but not before 30 days after
      the last dose of anything. Death ends both.
    alternatives: Control - 30 days after the last dose.
    because: The arms stay comparable, and no drug''s own reactions are missed.

  A10:
    question: How long before the first dose may a patient be screened, and how soon after randomisation is it given?
    reading: Screened 28 days to 1 day before; first dose 1 to 3 days after randomisation, on a clinic day.
    alternatives: Laboratory tests within 7 days; first dose within 7 days.
    because: Common practice; the registration names neither.

  A11:
    question: How long may regorafenib be held before it ends?
    reading: 28 days; a longer hold is the investigator''s decision, and is shown.
    alternatives: No limit; 14 days for anything but toxicity.
    because: Earlier phase III protocols of regorafenib ended it after four weeks without recovery.

  A12:
    question: By which table is a hand-foot skin reaction answered, and how are its occurrences counted?
    reading: >-
      By the table of occurrences (SmPC). An occurrence ends at grade 0-1, and counts whatever the dose level was; one that
      reached grade 3 also counts as one of grade 2.
    alternatives: The United States label - grade 2 for the first time only lowers the dose, and 80 mg is the last level.
    because: Only the table of occurrences says what follows the second and the third time.

  A13:
    question: May a dose that was lowered for a skin reaction be raised again?
    reading: No.
    alternatives: At the physician''s discretion, as the SmPC allows.
    because: The label describes no way up, and every patient then stays comparable.

  A14:
    question: Does regorafenib go on after the first rise of ALT or AST above 5 times the upper limit?
    reading: One level lower, once the value is below 3 times the upper limit or at baseline; with weekly tests for at least 4 weeks.
    alternatives: Only if the benefit outweighs the risk, as the label has it; not at all.
    because: The table of occurrences says so; the investigator may still decide otherwise.

  A15:
    question: How is hypertension on regorafenib answered?
    reading: >-
      Grade 1 measured weekly; grade 2 treated, and held only with symptoms; grade 3 held until controlled, then the same level or
      one lower; grade 4 ends regorafenib.
    alternatives: Every grade 3 goes one level lower, as any other reaction of grade 3.
    because: Earlier protocols of the drug did so, as far as is known; the label names only symptomatic grade 2.

  A16:
    question: What is a worsening infection, for which regorafenib is held?
    reading: One of grade 3 or 4, or one whose grade rose while it lasted.
    alternatives: Any new infection of any grade.
    because: The label says worsening, of any grade; a cold that stays one is not.

  A17:
    question: Which bleeding is severe or life-threatening?
    reading: Grade 3 or 4.
    alternatives: Grade 2 in the brain or the airways too.
    because: These are the words of CTCAE for grades 3 and 4.

  A18:
    question: When has another reaction of grade 3 or 4 to regorafenib recovered?
    reading: At grade 0-2; then one level lower. Up to grade 2 nothing changes.
    alternatives: At grade 0-1.
    because: Earlier protocols of the drug did so, as far as is known; the label says recovery and gives no grade.

  A19:
    question: Which table for toripalimab, where its label and Chinese trials differ?
    reading: >-
      The label - a second pneumonitis of grade 2 is held again; ALT or AST above 8 times the upper limit ends it; so does
      myocarditis of any grade.
    alternatives: Chinese trials - the second pneumonitis of grade 2 ends it, so does 5 times the limit; myocarditis of grade 2 is held.
    because: It is the published prescribing information, and the stricter of the two for the heart.

  A20:
    question: Does an immune reaction of grade 3 that returns end toripalimab?
    reading: Yes, always.
    alternatives: Only when it needs systemic immunosuppression, in the label''s words.
    because: A second reaction of grade 3 is hardly ever left without steroids.

  A21:
    question: With a tumour in the liver, what counts for ALT and AST that were normal, or above 5 times the limit, at baseline?
    reading: Normal at baseline - as without a tumour in the liver. Above 5 times - as from 3 to 5 times.
    alternatives: No rule; the investigator decides.
    because: The label''s table begins above the upper limit and ends at 5 times.

  A22:
    question: What counts as 10 mg of prednisone, when another steroid is given?
    reading: 10 mg prednisolone, 8 mg methylprednisolone, 1.5 mg dexamethasone or 40 mg hydrocortisone a day; each has its own clock.
    alternatives: Prednisone alone; one clock for all steroids together.
    because: These are the usual equivalent doses; the label says prednisone or equivalent.
');
INSERT INTO public.texts VALUES ('d5989ef14600c38f6a596c581bd328a07f2cb459b2caf6024dd57c3b2c11c566', '# yaml-language-server: $schema=../protocol.schema.json
#
# Every timing is one sentence; what it rests on stands in brackets at its end: a source, or an assumption (A1 to A22).
study: REGO-TORI-RT
version: "1.0"
title: Regorafenib alone, or with toripalimab and radiotherapy, in microsatellite-stable metastatic colorectal cancer

sources:
  registration: The trial''s registration; 54 + 54 patients, randomised 1:1
  SLOT: Front Oncol 2023;13:1274487 (PMID 37869085), the protocol as published
  label: Prescribing information of regorafenib and toripalimab
  SmPC: Summary of product characteristics of regorafenib (EU), its table by occurrence
  iRECIST: Lancet Oncol 2017;18:e143-e152 (PMID 28271869)

arms:
  control: Regorafenib alone
  experimental: Regorafenib with toripalimab and radiotherapy

study days: first dose is Day 1
horizon: 2 years after first dose (registration)

dates:                       # where a date comes from until it is recorded
  first dose: {when: 1 to 3 days after randomisation (A10), open: clinic}

treatments:

  regorafenib:
    when:
      1: on first dose
      2: 28 days ±3 after cycle 1, not before 1 day after the end of radiotherapy (A2, A3)
      then: 28 days ±3 after the previous cycle (A2)
    open: clinic
    if closed: later
    give: once daily by mouth on days 1-21 (registration, SLOT)
    levels:
      control: 120, 80, 40 mg (registration, A6)
      experimental: 80, 40 mg (registration, A6)
    held days: lost
    hold at most: 28 days (A11)

  toripalimab:
    arms: [experimental]
    when:
      1: on first dose
      2: 21 days ±3 after dose 1, not before 1 day after the end of radiotherapy (A4)
      then: 21 days ±3 after the previous dose, not before 18 days after the previous dose (A4)
    until: [at most 35 doses (A4), before 24 months after first dose (A4)]
    open: infusion
    if closed: nearest
    give: 240 mg intravenously (registration, SLOT)
    gap at most: 84 days (A4)

  radiotherapy:              # both courses in the same five sessions
    arms: [experimental]
    when:
      1: on or after Study Day 22, not before 1 day after regorafenib cycle 1 day 21 (A1, A3)
      then: at least 1 day after the previous fraction (A1)
    until: 5 fractions (registration)
    open: radiotherapy
    if closed: later
    give:
      hypofractionated: 4-12 Gy prescribed per lesion (registration)
      low-dose: 0.5-2 Gy prescribed per lesion (registration)
    not done: moves to the next open day
    start by: Study Day 35 (A1)
    finish within: 14 days (A1)

visits:                      # a regorafenib day 1, an infusion and a fraction are visits themselves and stand above

  screening: 1 to 28 days before first dose (A10)

  c1d8:
    title: Cycle 1 day 8
    when: on regorafenib cycle 1 day 8 ±2 days (A7)
    if closed: nearest

  c1d15:                     # a safety laboratory test is not put off
    title: Cycle 1 day 15
    when: on regorafenib cycle 1 day 15 ±2 days (A7)
    if closed: earlier

  planning-ct:
    title: Radiotherapy planning CT
    kind: scan
    arms: [experimental]
    when: on regorafenib cycle 1 day 15 ±3 days, not after 5 working days before radiotherapy fraction 1 (A7)
    open: imaging
    if closed: earlier

  c2d15:
    title: Cycle 2 day 15, laboratory only
    kind: laboratory
    when: on regorafenib cycle 2 day 15 ±2 days (A7)
    if closed: earlier

  imaging:                   # 0 is the baseline
    title: Tumour imaging
    when:
      0: 1 to 28 days before first dose (A5)
      then: every 56 days ±7 from randomisation (A5)
    until:
      - progression (A5)
      - new anticancer therapy (A5)
      - 2 years after randomisation (registration, A5)
    open: imaging
    if closed: nearest

  confirming-scan:
    title: Scan to confirm progression
    when: 28 days +28 after each iUPD (iRECIST)
    open: imaging
    if closed: nearest
    unless: imaging inside the window
    until:
      - progression (iRECIST)
      - new anticancer therapy (A5)

  end-of-treatment:
    title: End of treatment
    when: 0 to 7 days after end of treatment (A8)
    if closed: later

  safety-30:
    title: Safety follow-up, 30 days
    when: 30 days ±7 after the last dose (A8)
    if closed: nearest

  safety-90:
    title: Safety follow-up, 90 days
    when:
      experimental: 90 days ±7 after the last toripalimab dose, not before end of treatment (A8)
      control: 90 days ±7 after the last regorafenib dose, not before end of treatment (A8, A9)
    if closed: nearest

  survival:
    title: Survival contact
    kind: contact
    when:
      then: every 84 days ±14 from the ideal day of safety-90 (A8)
      last: 2 years ±14 days after first dose (registration, A8)
    if closed: nearest

periods:
  adverse-events:
    title: Adverse event collection
    collects: adverse events
    from: first dose (registration)
    to:
      experimental: 90 days after the last toripalimab dose, not before 30 days after the last dose (registration, A9)
      control: 90 days after the last regorafenib dose (A9)
  survival-time:
    title: Overall survival
    from: first dose (registration)
    to: 2 years after first dose (registration)
  progression-free:
    title: Progression-free survival
    from: first dose (registration)
    to: 2 years after first dose, not after progression (registration)
  response:
    title: Response by RECIST 1.1 and iRECIST
    from: first dose (registration)
    to: 1 year after first dose (registration)

activities:                  # "regorafenib" is day 1 of every cycle, "toripalimab" every dose; from the practice behind A7
  informed consent, history, tumour''s MSI and RAS status: [screening]
  hepatitis B, hepatitis C and HIV serology: [screening]
  examination, weight, ECOG, vital signs: [screening, regorafenib, toripalimab, end-of-treatment, safety-30]
  blood pressure and skin check: [c1d8, c1d15]
  haematology: [screening, regorafenib, c1d15, toripalimab, end-of-treatment, safety-30]
  liver tests and chemistry: [screening, regorafenib, c1d15, c2d15, toripalimab, end-of-treatment, safety-30]
  coagulation: [screening, every 2nd regorafenib cycle, end-of-treatment]
  urinalysis: [screening, regorafenib, end-of-treatment]
  thyroid function: [screening, every 2nd toripalimab dose, end-of-treatment, safety-30]
  troponin and CK: [screening, regorafenib cycle 1, c1d15, toripalimab doses 1-4, end-of-treatment]
  ECG: [screening, regorafenib cycle 1, end-of-treatment]
  pregnancy test: [screening, regorafenib, end-of-treatment, safety-30]
  tumour markers: [screening, imaging, end-of-treatment]
  CT or MRI, RECIST 1.1 and iRECIST: [imaging, confirming-scan]
  planning CT: [planning-ct]
  fraction of both courses: [radiotherapy]
  quality of life: [screening, every 2nd regorafenib cycle, end-of-treatment, safety-30]
  dispense and count tablets: [regorafenib]
  collect tablets: [end-of-treatment]
  adverse events and medication:
    [screening, regorafenib, toripalimab, radiotherapy, c1d8, c1d15, c2d15, end-of-treatment, safety-30, safety-90]
  survival and new anticancer therapy: [survival]

at least every:              # what may not be missing for longer, counted on planned calendars
  liver tests and chemistry: 16 days until Study Day 57 (label, A7)

products:
  regorafenib: {unit: 40 mg tablet (label), pack: bottle of 28 (label), opened lasts: 49 days (label)}
  toripalimab: {unit: 240 mg vial (label)}

attributes:                  # what the rules ask about a patient; not so until it is recorded
  liver tumour: Metastases or a primary tumour in the liver when treatment began
  Gilbert syndrome: A harmless, inherited rise of bilirubin
  symptomatic hypertension: High blood pressure gives symptoms now
  severe skin reaction confirmed: The skin reaction is proven to be Stevens-Johnson syndrome, necrolysis or DRESS

rules:                       # every row that fits is shown, and the strictest leads; a person decides

  hand-foot-skin-reaction:
    title: Hand-foot skin reaction
    for: regorafenib
    on: Palmar-plantar erythrodysesthesia syndrome
    episode ends: grade 0-1
    rows:
      - "grade 1: continue with supportive care (SmPC)"
      - "grade 2, 1st time: reduce by 1 level with supportive care (SmPC, A12, A13)"
      - "grade 2, not improved within 7 days: hold at least 7 days until grade 0-1, then resume 1 level lower (SmPC, A12)"
      - "grade 2, 2nd to 3rd time: hold until grade 0-1, then resume 1 level lower (SmPC, A12, A13)"
      - "grade 2, 4th time or later: discontinue (SmPC, A12)"
      - "grade 3, 1st to 2nd time: hold at least 7 days until grade 0-1, then resume 1 level lower (SmPC, A12, A13)"
      - "grade 3, 3rd time or later: discontinue (SmPC, A12)"

  liver:
    title: Liver tests on regorafenib
    for: regorafenib
    on: [ALT, AST]
    episode ends: grade 0-1
    rows:
      - "above 1 to 3 x upper limit: continue (SmPC)"
      - "above 3 to 5 x upper limit: continue, liver tests weekly until below 3 x upper limit or baseline (SmPC)"
      - "above 5 to 20 x upper limit, 1st time: hold until below 3 x upper limit or baseline, then resume 1 level lower,
         liver tests weekly for at least 4 weeks until below 3 x upper limit or baseline (SmPC, A14)"
      - "above 5 to 20 x upper limit, 2nd time or later: discontinue (SmPC)"
      - "above 20 x upper limit: discontinue (label)"
      - "above 3 x upper limit with bilirubin above 2 x upper limit, unless Gilbert syndrome: discontinue,
         liver tests weekly until grade 0 or baseline (SmPC)"

  hypertension:
    for: regorafenib
    on: Hypertension
    rows:
      - "grade 1: continue, blood pressure weekly until grade 0 or baseline (A15)"
      - "grade 2 without symptomatic hypertension: continue with supportive care (A15)"
      - "grade 2 with symptomatic hypertension: hold until controlled, then resume at the same level (label, A15)"
      - "grade 3: the investigator chooses among hold until controlled, then resume at the same level,
         or hold until controlled, then resume 1 level lower (label, A15)"
      - "grade 4: discontinue (A15)"

  infection:
    for: regorafenib
    on: any infection
    rows:
      - "grade 1-2: continue with supportive care (label, A16)"
      - "grade 1-2, worse than before: hold until resolved, then resume at the same level (label, A16)"
      - "grade 3: hold until resolved, then resume at the same level (label)"
      - "grade 4: the investigator chooses among discontinue, or hold until resolved, then resume at the same level (label)"

  haemorrhage:
    for: regorafenib
    on: any haemorrhage
    rows:
      - "grade 1-2: continue with supportive care (A17)"
      - "grade 3-4: discontinue (label, A17)"

  perforation:
    title: Perforation or fistula
    for: regorafenib
    on: any perforation or fistula
    rows:
      - "any grade: discontinue (label)"

  leukoencephalopathy:
    for: regorafenib
    on: Reversible posterior leukoencephalopathy syndrome
    rows:
      - "any grade: discontinue (label)"

  cardiac-ischaemia:
    for: regorafenib
    on: [Acute coronary syndrome, Myocardial infarction, Chest pain - cardiac]
    rows:
      - "any grade: the investigator chooses among hold until resolved, then resume at the same level, or discontinue (label)"

  other-reactions:
    title: Other reactions to regorafenib
    for: regorafenib
    on: any other adverse event
    attributed: to this treatment or nothing
    rows:
      - "grade 1-2: continue (A18)"
      - "grade 3: hold until grade 0-2, then resume 1 level lower (label, A18)"
      - "grade 4: the investigator chooses among discontinue, or hold until grade 0-2, then resume 1 level lower (label, A18)"

  regorafenib-limits:
    for: regorafenib
    rows:
      - "on hold for more than 28 days: discontinue (A11)"
      - "no lower level is left: discontinue (label, A6)"

  pneumonitis:
    for: toripalimab
    on: Pneumonitis
    rows:
      - "grade 1: continue (label)"
      - "grade 2: hold until grade 0-1, then resume at the same level (label, A19)"
      - "grade 3-4: discontinue (label)"

  colitis:
    for: toripalimab
    on: [Colitis, Enterocolitis]
    episode ends: grade 0-1
    rows:
      - "grade 1: continue (label)"
      - "grade 2: hold until grade 0-1, then resume at the same level (label)"
      - "grade 3, 1st time: hold until grade 0-1, then resume at the same level (label)"
      - "grade 3, 2nd time or later: discontinue (label, A20)"
      - "grade 4: discontinue (label)"

  hepatitis:                 # without a tumour in the liver; with one, the baseline counts
    title: Immune hepatitis
    for: toripalimab
    on: [ALT, AST]
    rows:
      - "above 1 to 3 x upper limit without liver tumour: continue (label)"
      - "above 3 to 8 x upper limit without liver tumour: hold until grade 0-1, then resume at the same level (label, A19)"
      - "above 8 x upper limit without liver tumour: discontinue (label, A19)"
      - "bilirubin above 1.5 to 3 x upper limit without liver tumour: hold until grade 0-1, then resume at the same level (label)"
      - "bilirubin above 3 x upper limit: discontinue (label)"
      - "above 1 to 3 x upper limit with baseline up to 1 x upper limit, with liver tumour: continue (A21)"
      - "above 3 to 8 x upper limit with baseline up to 1 x upper limit, with liver tumour: hold until grade 0-1,
         then resume at the same level (A21)"
      - "above 8 x upper limit with baseline up to 1 x upper limit, with liver tumour: discontinue (A21)"
      - "above 1 to 5 x upper limit with baseline above 1 to 3 x upper limit, with liver tumour: continue (label)"
      - "above 5 to 10 x upper limit with baseline above 1 to 3 x upper limit, with liver tumour: hold until grade 0-1 or baseline,
         then resume at the same level (label)"
      - "above 1 to 8 x upper limit with baseline above 3 x upper limit, with liver tumour: continue (label, A21)"
      - "above 8 to 10 x upper limit with baseline above 3 x upper limit, with liver tumour: hold until grade 0-1 or baseline,
         then resume at the same level (label, A21)"
      - "above 10 x upper limit with liver tumour: discontinue (label)"

  endocrinopathy:
    for: toripalimab
    on: [Hypothyroidism, Hyperthyroidism, Adrenal insufficiency, Hypophysitis, Hypopituitarism, Glucose intolerance, Hyperglycemia]
    rows:
      - "grade 1-2: continue with supportive care (label)"
      - "grade 3-4: the investigator chooses among hold until clinically stable, then resume at the same level,
         or discontinue (label)"

  nephritis:
    for: toripalimab
    on: [Creatinine increased, Acute kidney injury]
    rows:
      - "grade 1: continue (label)"
      - "grade 2-3: hold until grade 0-1, then resume at the same level (label)"
      - "grade 4: discontinue (label)"

  severe-skin-reaction:
    for: toripalimab
    on: [Stevens-Johnson syndrome, Toxic epidermal necrolysis]
    rows:
      - "any grade: hold until ruled out, then resume at the same level (label)"
      - "any grade with severe skin reaction confirmed: discontinue (label)"

  myocarditis:
    for: toripalimab
    on: Myocarditis
    rows:
      - "any grade: discontinue (label, A19)"

  neurological-reaction:
    for: toripalimab
    on: [Guillain-Barre syndrome, Myasthenia gravis, Encephalopathy, Myelitis, Peripheral motor neuropathy]
    rows:
      - "grade 1: continue (label)"
      - "grade 2: hold until grade 0-1, then resume at the same level (label)"
      - "grade 3-4: discontinue (label)"

  infusion-reaction:
    for: toripalimab
    on: Infusion related reaction
    rows:
      - "grade 1-2: continue, interrupt or slow the infusion (label)"
      - "grade 3-4: discontinue (label)"

  other-immune-reactions:
    for: toripalimab
    on: any other adverse event
    attributed: to this treatment
    episode ends: grade 0-1
    rows:
      - "grade 1-2: continue (label)"
      - "grade 3, 1st time: hold until grade 0-1, then resume at the same level (label)"
      - "grade 3, 2nd time or later: discontinue (label, A20)"
      - "grade 4: discontinue (label)"

  toripalimab-limits:        # two clocks: one from dose to dose, one from the start of steroids
    for: toripalimab
    rows:
      - "more than 84 days since the last dose: the investigator chooses among discontinue, or continue at the same level (A4)"
      - "on prednisone above 10 mg for more than 12 weeks: discontinue (label)"
      - "on prednisolone above 10 mg for more than 12 weeks: discontinue (label, A22)"
      - "on methylprednisolone above 8 mg for more than 12 weeks: discontinue (label, A22)"
      - "on dexamethasone above 1.5 mg for more than 12 weeks: discontinue (label, A22)"
      - "on hydrocortisone above 40 mg for more than 12 weeks: discontinue (label, A22)"

assumptions:                 # what the registration leaves open, and how this study reads it

  A1:
    question: When does radiotherapy start after "one cycle", and how do its fractions follow each other?
    reading: >-
      On the first open radiotherapy day on or after Study Day 22, one fraction on each open day, both courses in the same
      five sessions; started by Day 35 and finished within 14 days, and a missed fraction moves to the next open day.
    alternatives: >-
      After the whole 28-day cycle, "on or after Study Day 29"; the courses one after the other.
    because: >-
      Toripalimab''s first cycle of 21 days is over and regorafenib is in its week off, so that no tablet is lost; fractions on
      days 22 to 26 have been published with regorafenib and a PD-1 inhibitor.

  A2:
    question: When does regorafenib go on after radiotherapy, and what do later cycles count from?
    reading: >-
      Cycle 2 at the latest of 28 days after cycle 1 and the day after radiotherapy; every later cycle 28 days after the actual
      start of the one before; 3 days either way, and never before its day because a day is closed.
    alternatives: Regorafenib during radiotherapy; a fixed grid of 28 days from cycle 1, whatever happened.
    because: The registration puts radiotherapy between the first cycle and the rest; a week without tablets must stay one.

  A3:
    question: How many clear days without regorafenib lie before and after radiotherapy?
    reading: None - the first fraction may follow the last tablet, and the first tablet the last fraction, on the next day.
    alternatives: 3 clear days before and 3 after; 7 before and 2 after, as in the published precedent.
    because: The registration names none.

  A4:
    question: How are toripalimab doses spaced, and for how long are they given?
    reading: >-
      Dose 2 at the latest of 21 days after dose 1 and the day after radiotherapy; every later dose 21 days after the actual
      dose before, 3 days either way, 18 to 84 days apart; none on or after 24 months from first dose, and no 36th.
    alternatives: A fixed grid, "every 21 days ±3 from dose 1"; 12 months; no limit but progression.
    because: The label gives 240 mg every 3 weeks for up to 24 months, which is 35 doses; the spacing is common practice.

  A5:
    question: What do scans count from, how often are they, and when do they end?
    reading: >-
      Baseline on Day -28 to -1; then every 56 days from randomisation, 7 days either way, whatever happens to the doses, until
      progression, another anticancer therapy or 2 years.
    alternatives: From the first dose, "every 56 days ±7 from first dose"; every 12 weeks after a year; until the end of treatment.
    because: Both arms must be looked at on the same days, or progression-free survival cannot be compared.

  A6:
    question: Which dose levels are there?
    reading: Control 120, 80 and 40 mg; experimental 80 and 40 mg; toripalimab is never reduced.
    alternatives: No level below 80 mg, the lowest of the label - regorafenib stops there.
    because: The experimental arm would have no step at all.

  A7:
    question: Which visits lie between the treatment days?
    reading: >-
      Cycle 1 days 8 and 15 and cycle 2 day 15, 2 days either way; a planning CT on cycle 1 day 15, 3 days either way, at least 5
      working days before the first fraction.
    alternatives: Weekly visits in the first two cycles; laboratory tests near the patient''s home.
    because: >-
      The label asks for liver tests at least every two weeks in the first two months, whatever the infusions do; planning
      takes a week.

  A8:
    question: How long, and how often, are patients followed after treatment?
    reading: >-
      A visit within 7 days of the decision to end treatment; 30 days after the last dose of anything and 90 days after the last
      toripalimab (control, regorafenib), 7 days either way; then a contact every 84 days, 14 days either way, and one at 2 years.
    alternatives: Every 90 days from the end of treatment; 2 years from randomisation.
    because: Survival is counted to 2 years from first treatment, adverse events to 90 days after immunotherapy.

  A9:
    question: What is "90 days after completion of immunotherapy" in the control arm, and when other treatment goes on?
    reading: >-
      Control - 90 days after the last regorafenib. Experimental - 90 days after the last toripalimab, but not before 30 days after
      the last dose of anything. Death ends both.
    alternatives: Control - 30 days after the last dose.
    because: The arms stay comparable, and no drug''s own reactions are missed.

  A10:
    question: How long before the first dose may a patient be screened, and how soon after randomisation is it given?
    reading: Screened 28 days to 1 day before; first dose 1 to 3 days after randomisation, on a clinic day.
    alternatives: Laboratory tests within 7 days; first dose within 7 days.
    because: Common practice; the registration names neither.

  A11:
    question: How long may regorafenib be held before it ends?
    reading: 28 days; a longer hold is the investigator''s decision, and is shown.
    alternatives: No limit; 14 days for anything but toxicity.
    because: Earlier phase III protocols of regorafenib ended it after four weeks without recovery.

  A12:
    question: By which table is a hand-foot skin reaction answered, and how are its occurrences counted?
    reading: >-
      By the table of occurrences (SmPC). An occurrence ends at grade 0-1, and counts whatever the dose level was; one that
      reached grade 3 also counts as one of grade 2.
    alternatives: The United States label - grade 2 for the first time only lowers the dose, and 80 mg is the last level.
    because: Only the table of occurrences says what follows the second and the third time.

  A13:
    question: May a dose that was lowered for a skin reaction be raised again?
    reading: No.
    alternatives: At the physician''s discretion, as the SmPC allows.
    because: The label describes no way up, and every patient then stays comparable.

  A14:
    question: Does regorafenib go on after the first rise of ALT or AST above 5 times the upper limit?
    reading: One level lower, once the value is below 3 times the upper limit or at baseline; with weekly tests for at least 4 weeks.
    alternatives: Only if the benefit outweighs the risk, as the label has it; not at all.
    because: The table of occurrences says so; the investigator may still decide otherwise.

  A15:
    question: How is hypertension on regorafenib answered?
    reading: >-
      Grade 1 measured weekly; grade 2 treated, and held only with symptoms; grade 3 held until controlled, then the same level or
      one lower; grade 4 ends regorafenib.
    alternatives: Every grade 3 goes one level lower, as any other reaction of grade 3.
    because: Earlier protocols of the drug did so, as far as is known; the label names only symptomatic grade 2.

  A16:
    question: What is a worsening infection, for which regorafenib is held?
    reading: One of grade 3 or 4, or one whose grade rose while it lasted.
    alternatives: Any new infection of any grade.
    because: The label says worsening, of any grade; a cold that stays one is not.

  A17:
    question: Which bleeding is severe or life-threatening?
    reading: Grade 3 or 4.
    alternatives: Grade 2 in the brain or the airways too.
    because: These are the words of CTCAE for grades 3 and 4.

  A18:
    question: When has another reaction of grade 3 or 4 to regorafenib recovered?
    reading: At grade 0-2; then one level lower. Up to grade 2 nothing changes.
    alternatives: At grade 0-1.
    because: Earlier protocols of the drug did so, as far as is known; the label says recovery and gives no grade.

  A19:
    question: Which table for toripalimab, where its label and Chinese trials differ?
    reading: >-
      The label - a second pneumonitis of grade 2 is held again; ALT or AST above 8 times the upper limit ends it; so does
      myocarditis of any grade.
    alternatives: Chinese trials - the second pneumonitis of grade 2 ends it, so does 5 times the limit; myocarditis of grade 2 is held.
    because: It is the published prescribing information, and the stricter of the two for the heart.

  A20:
    question: Does an immune reaction of grade 3 that returns end toripalimab?
    reading: Yes, always.
    alternatives: Only when it needs systemic immunosuppression, in the label''s words.
    because: A second reaction of grade 3 is hardly ever left without steroids.

  A21:
    question: With a tumour in the liver, what counts for ALT and AST that were normal, or above 5 times the limit, at baseline?
    reading: Normal at baseline - as without a tumour in the liver. Above 5 times - as from 3 to 5 times.
    alternatives: No rule; the investigator decides.
    because: The label''s table begins above the upper limit and ends at 5 times.

  A22:
    question: What counts as 10 mg of prednisone, when another steroid is given?
    reading: 10 mg prednisolone, 8 mg methylprednisolone, 1.5 mg dexamethasone or 40 mg hydrocortisone a day; each has its own clock.
    alternatives: Prednisone alone; one clock for all steroids together.
    because: These are the usual equivalent doses; the label says prednisone or equivalent.
');
INSERT INTO public.texts VALUES ('ee89709452d9017d3de322452460afbb02650a3262af12aff31410e3b5cb0a50', '# Where the patients of this example come. Shanghai in 2026: the government has published the days off and the make-up working
# days of that year; from 2027 on, every date at this site is provisional until it has.
site: Shanghai
zone: Asia/Shanghai
public holidays: CN
weekdays: Monday to Friday
make-up days: worked

resources:            # names that the protocol asks for after "open:"; each may say what is different there
  clinic:
  infusion: {closed: [{days: 2026-06-08..2026-06-10, because: renovation}]}
  radiotherapy:       # for example: {make-up days: not worked, closed: [{days: 2026-07-06..2026-07-08, because: linac service}]}
  imaging:
  pharmacy:

who to call:          # printed on the patient''s paper; these numbers are made up
  Study nurse, working days 8:00 to 17:00: +86 21 0000 0001
  Night, weekends and holidays: +86 21 0000 0002
');


--
-- Name: accounts accounts_login_folded_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_login_folded_key UNIQUE (login_folded);


--
-- Name: accounts accounts_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_pkey PRIMARY KEY (id);


--
-- Name: alembic_version alembic_version_pkc; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);


--
-- Name: keys keys_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.keys
    ADD CONSTRAINT keys_pkey PRIMARY KEY (name);


--
-- Name: links links_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.links
    ADD CONSTRAINT links_pkey PRIMARY KEY (id);


--
-- Name: links links_token_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.links
    ADD CONSTRAINT links_token_key UNIQUE (token);


--
-- Name: records one_event_of_a_number; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.records
    ADD CONSTRAINT one_event_of_a_number UNIQUE (subject, event);


--
-- Name: records records_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.records
    ADD CONSTRAINT records_pkey PRIMARY KEY (number);


--
-- Name: sessions sessions_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (token);


--
-- Name: texts texts_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.texts
    ADD CONSTRAINT texts_pkey PRIMARY KEY (digest);


--
-- Name: ix_links_subject; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_links_subject ON public.links USING btree (subject);


--
-- Name: ix_sessions_account; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_sessions_account ON public.sessions USING btree (account);


--
-- Name: records_of_a_kind; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX records_of_a_kind ON public.records USING btree (kind, number);


--
-- Name: records_of_a_subject; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX records_of_a_subject ON public.records USING btree (subject, number, event);


--
-- Name: keys keys_no_change; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER keys_no_change BEFORE DELETE OR UPDATE ON public.keys FOR EACH ROW EXECUTE FUNCTION public.refuse_change();


--
-- Name: keys keys_no_truncate; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER keys_no_truncate BEFORE TRUNCATE ON public.keys FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();


--
-- Name: records records_in_order; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER records_in_order BEFORE INSERT ON public.records FOR EACH ROW EXECUTE FUNCTION public.refuse_out_of_order();


--
-- Name: records records_no_change; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER records_no_change BEFORE DELETE OR UPDATE ON public.records FOR EACH ROW EXECUTE FUNCTION public.refuse_change();


--
-- Name: records records_no_truncate; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER records_no_truncate BEFORE TRUNCATE ON public.records FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();


--
-- Name: texts texts_no_change; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER texts_no_change BEFORE DELETE OR UPDATE ON public.texts FOR EACH ROW EXECUTE FUNCTION public.refuse_change();


--
-- Name: texts texts_no_truncate; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER texts_no_truncate BEFORE TRUNCATE ON public.texts FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();


--
-- PostgreSQL database dump complete
--


